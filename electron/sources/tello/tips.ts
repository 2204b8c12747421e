/** Sentences that tell the user what to do; they name the setting of the platform at hand. */

export const JOIN_WIFI_TIP =
  'Switch the drone on, wait until its light blinks yellow, and join its Wi-Fi “TELLO-…” on this computer.';

export const RESTART_DRONE_TIP = 'Switch the drone off and on again, then connect once more.';

export function firewallTip(videoPort: number, platform: NodeJS.Platform): string {
  const port = `UDP port ${videoPort}`;
  switch (platform) {
    case 'win32':
      return `A firewall may be holding it back. Allow Hoverdeck for private and public networks (${port}) in Windows Security › Firewall & network protection › Allow an app through firewall.`;
    case 'darwin':
      return `Allow Hoverdeck in System Settings › Privacy & Security › Local Network, and let it accept incoming connections (${port}) in System Settings › Network › Firewall.`;
    default:
      return `A firewall may be holding it back. Allow ${port}, for example with “sudo ufw allow ${videoPort}/udp”.`;
  }
}

export function networkTip(platform: NodeJS.Platform): string {
  return platform === 'darwin'
    ? `${JOIN_WIFI_TIP} If it is joined already, allow Hoverdeck in System Settings › Privacy & Security › Local Network.`
    : JOIN_WIFI_TIP;
}
