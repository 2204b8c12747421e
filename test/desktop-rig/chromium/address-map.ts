/**
 * Plain Chromium knows no `app:` scheme. `app://hoverdeck/x` is therefore loaded from
 * `http://hoverdeck.app.localhost:PORT/x`: an origin of its own and a secure context, as Electron's
 * is. Main sees its own addresses only.
 */
export type AddressMap = {
  toChromium(address: string): string;
  toApp(address: string): string;
};

const SUFFIX = '.localhost';

export function createAddressMap(scheme: string, port: number): AddressMap {
  const ending = `.${scheme}${SUFFIX}:${port}`;
  const appStart = `${scheme}://`;
  return {
    toChromium(address) {
      if (!address.startsWith(appStart)) return address;
      const [host = '', ...path] = address.slice(appStart.length).split('/');
      return `http://${host}${ending}/${path.join('/')}`;
    },
    toApp(address) {
      const blob = address.startsWith('blob:') ? 'blob:' : '';
      const plain = address.slice(blob.length);
      if (!URL.canParse(plain)) return address;
      const url = new URL(plain);
      if (url.protocol !== 'http:' || !url.host.endsWith(ending)) return address;
      const host = url.host.slice(0, -ending.length);
      // Kept as text: for a scheme of its own, URL would not do the same normalising again.
      return `${blob}${appStart}${host}${plain.slice(url.origin.length)}`;
    },
  };
}
