import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

type UsbCamera = { port: string; serial?: string; interface?: string; index?: string };

/** A folder laid out as the kernel lays out its devices, with real links. */
export class FakeSysfs {
  readonly root = mkdtempSync(join(tmpdir(), 'hoverdeck-sysfs-'));

  /** Plugs a USB camera in; returns the folder of its node. */
  usb(node: string, { port, serial, index, interface: number = '00' }: UsbCamera): string {
    const device = join(this.root, 'devices/pci0000:00/0000:00:14.0/usb1', port);
    const folder = join(device, `${port}:1.${Number(number)}`);
    this.#write(device, { idVendor: '046d', idProduct: '0825' });
    if (serial !== undefined) this.#write(device, { serial });
    this.#write(folder, { bInterfaceNumber: number });
    return this.#node(node, folder, index);
  }

  /** A camera on a board or in a driver. */
  platform(node: string, name: string): string {
    const folder = join(this.root, 'devices/platform', name);
    mkdirSync(folder, { recursive: true });
    return this.#node(node, folder);
  }

  /** A camera made of software: no device behind it. */
  virtual(node: string): string {
    const self = join(this.root, 'devices/virtual/video4linux', node);
    this.#write(self, { index: '0' });
    return self;
  }

  #node(node: string, folder: string, index = '0'): string {
    const self = join(folder, 'video4linux', node);
    this.#write(self, { index });
    symlinkSync(relative(self, folder), join(self, 'device'));
    return self;
  }

  #write(folder: string, attributes: Record<string, string>): void {
    mkdirSync(folder, { recursive: true });
    for (const [name, value] of Object.entries(attributes)) {
      writeFileSync(join(folder, name), `${value}\n`);
    }
  }
}
