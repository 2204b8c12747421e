// Boots the camera machine and runs one shell script in it.
import { spawn } from 'node:child_process';

/** Software emulation: KVM may hang even where /dev/kvm exists. */
const ACCELERATOR = 'tcg,thread=multi';
const MEMORY = '2048M';
/** The end of the console, for the message when something went wrong. */
const CONSOLE_CHARS = 200_000;

/**
 * @param {{ kernel: string, initramfs: string }} vm
 * @param {{ run: string, reportFolder: string, timeoutMs: number, onLine: (line: string) => void }} options
 *   `run`: a script on the host's root; `reportFolder`: the guest's /mnt, written through.
 * @returns {Promise<{ exitCode: number | null, console: string }>} exitCode null: it never ended by itself
 */
export function bootVm(vm, { run, reportFolder, timeoutMs, onLine }) {
  return new Promise((resolve, reject) => {
    const qemu = spawn(
      'qemu-system-x86_64',
      [
        ...['-accel', ACCELERATOR, '-cpu', 'max', '-smp', '2', '-m', MEMORY],
        ...['-nographic', '-no-reboot', '-nodefaults', '-serial', 'stdio', '-net', 'none'],
        ...['-kernel', vm.kernel, '-initrd', vm.initramfs],
        ...['-append', `console=ttyS0 quiet panic=-1 mitigations=off hoverdeck.run=${run}`],
        ...share('host', '/', true),
        ...share('report', reportFolder, false),
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let text = '';
    let line = '';
    const listen = (chunk) => {
      text = (text + chunk).slice(-CONSOLE_CHARS);
      const lines = (line + chunk).split('\n');
      line = lines.pop() ?? '';
      for (const whole of lines) onLine(whole.replaceAll('\r', ''));
    };
    qemu.stdout.setEncoding('utf8').on('data', listen);
    qemu.stderr.setEncoding('utf8').on('data', listen);
    const deadline = setTimeout(() => qemu.kill('SIGKILL'), timeoutMs);
    const stop = () => qemu.kill('SIGKILL');
    process.once('SIGINT', stop).once('SIGTERM', stop);
    qemu.on('error', reject);
    qemu.on('close', () => {
      clearTimeout(deadline);
      process.off('SIGINT', stop).off('SIGTERM', stop);
      const exit = /guest: exit (\d+)/.exec(text);
      resolve({ exitCode: exit === null ? null : Number(exit[1]), console: text });
    });
  });
}

function share(tag, path, readonly) {
  const options = `path=${path},mount_tag=${tag},security_model=none,multidevs=remap`;
  return ['-virtfs', `local,${options}${readonly ? ',readonly=on' : ''}`];
}
