/** Whether this browser puts pictures on the clipboard: on a secure page, as a rule. */
export function canCopyPictures(): boolean {
  return navigator.clipboard !== undefined && typeof ClipboardItem !== 'undefined';
}

/** Puts a picture of this page's own on the clipboard, as PNG: the one format every program takes. */
export async function copyPicture(address: string): Promise<boolean> {
  try {
    // Handed over as a promise: Safari forgets the click while a picture is fetched.
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': asPng(address) })]);
    return true;
  } catch (error) {
    console.warn('Hoverdeck: the photo was not copied.', error);
    return false;
  }
}

async function asPng(address: string): Promise<Blob> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`The photo was not served: ${response.status}.`);
  const picture = await response.blob();
  if (picture.type === 'image/png') return picture;
  const bitmap = await createImageBitmap(picture);
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  bitmap.close();
  return canvas.convertToBlob({ type: 'image/png' });
}
