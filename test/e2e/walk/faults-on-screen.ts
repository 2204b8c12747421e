import type { Page } from '@playwright/test';

/**
 * Looks over the page as it stands: what is cut off, covered, too small to hit, or where it must not be.
 * Each fault is a sentence; a good page has none.
 */
export function faultsOnScreen(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const CONTROLS = 'button, a[href], input, select, [role^="menuitem"]';
    /** Half a target of 44, less the rounding of a pixel. */
    const REACH = 21;
    /** Shadows and fractions of pixels are no faults. */
    const SLACK = 1;
    const faults: string[] = [];
    const window_ = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
    const modal = [...document.querySelectorAll('[aria-modal="true"], [role="menu"]')].at(-1);

    type Edges = { left: number; top: number; right: number; bottom: number };
    const inside = (a: Edges, b: Edges) =>
      a.left >= b.left - SLACK &&
      a.top >= b.top - SLACK &&
      a.right <= b.right + SLACK &&
      a.bottom <= b.bottom + SLACK;
    const overlap = (a: Edges, b: Edges) =>
      a.left < b.right - SLACK &&
      b.left < a.right - SLACK &&
      a.top < b.bottom - SLACK &&
      b.top < a.bottom - SLACK;
    const nameOf = (element: Element) =>
      element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40) ?? '';
    const scroller = (element: Element): Element | null => {
      for (let each = element.parentElement; each; each = each.parentElement) {
        if (/auto|scroll/.test(getComputedStyle(each).overflowY)) return each;
      }
      return null;
    };
    const isSeen = (element: Element) => {
      const { width, height } = element.getBoundingClientRect();
      return (
        width > 1 &&
        height > 1 &&
        element.closest('[inert]') === null &&
        element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
      );
    };

    const { scrollWidth, scrollHeight } = document.documentElement;
    if (scrollWidth > innerWidth || scrollHeight > innerHeight) faults.push('the page scrolls');

    const controls = [...(modal ?? document).querySelectorAll(CONTROLS)].filter(isSeen);
    for (const control of controls) {
      // What can be scrolled to is not cut off.
      const within = scroller(control);
      if (within !== null) control.scrollIntoView({ block: 'center' });
      const shown = within?.getBoundingClientRect() ?? window_;
      const box = control.getBoundingClientRect();
      if (!inside(box, window_)) faults.push(`“${nameOf(control)}” is cut off`);
      const x = box.left + box.width / 2;
      const y = box.top + box.height / 2;
      const reaches: [number, number][] = [
        [x, y],
        [x - REACH, y],
        [x + REACH, y],
        [x, y - REACH],
        [x, y + REACH],
      ];
      for (const [atX, atY] of reaches) {
        const seen = { left: atX, right: atX, top: atY, bottom: atY };
        if (!inside(seen, window_) || !inside(seen, shown)) continue;
        const hit = document.elementFromPoint(atX, atY);
        if (hit !== null && (control.contains(hit) || hit.matches('label, li'))) continue;
        // A row may carry a button of its own, beside what the row itself does.
        if (hit?.closest('button') && hit.closest('li') === control.closest('li')) continue;
        // A drawer lies over what is behind it, and is closed with one key.
        if (hit?.closest('[role="dialog"]') && !control.closest('[role="dialog"]')) break;
        const dx = Math.round(atX - x);
        const dy = Math.round(atY - y);
        faults.push(
          `“${nameOf(control)}” is not hit at ${dx}, ${dy}, but ${hit?.className || hit?.tagName}`,
        );
        break;
      }
    }

    const cockpit = controls.filter((control) => control.closest('nav') !== null);
    for (const [index, one] of cockpit.entries()) {
      for (const other of cockpit.slice(index + 1)) {
        if (overlap(one.getBoundingClientRect(), other.getBoundingClientRect())) {
          faults.push(`“${nameOf(one)}” overlaps “${nameOf(other)}”`);
        }
      }
    }
    const { arrangement, session } = document.documentElement.dataset;
    const canvas = document.querySelector('canvas');
    if (session === 'on' && arrangement !== 'edges' && canvas !== null) {
      const picture = canvas.getBoundingClientRect();
      for (const control of cockpit) {
        if (overlap(control.getBoundingClientRect(), picture)) {
          faults.push(`“${nameOf(control)}” covers the picture`);
        }
      }
    }

    const walker = document.createTreeWalker(modal ?? document.body, NodeFilter.SHOW_TEXT);
    const words: { text: string; box: DOMRect; parent: Element }[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      const text = node.textContent?.trim() ?? '';
      if (parent === null || text === '' || !isSeen(parent)) continue;
      const style = getComputedStyle(parent);
      if (style.clipPath !== 'none') continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const box = range.getBoundingClientRect();
      if (box.width <= 1) continue;
      const shortened = style.textOverflow === 'ellipsis';
      const cut = style.overflow === 'hidden' && parent.scrollWidth > parent.clientWidth + SLACK;
      if (cut && !shortened) faults.push(`the words “${text}” are cut`);
      if (scroller(parent) === null && !shortened && !inside(box, window_)) {
        faults.push(`the words “${text}” leave the window`);
      }
      words.push({ text, box: shortened ? parent.getBoundingClientRect() : box, parent });
    }
    const header = words.filter(
      ({ parent }) => parent.closest('header') && !parent.closest('[role="dialog"]'),
    );
    for (const [index, one] of header.entries()) {
      for (const other of header.slice(index + 1)) {
        if (one.parent !== other.parent && overlap(one.box, other.box))
          faults.push(`“${one.text}” lies on “${other.text}”`);
      }
    }
    return faults;
  });
}
