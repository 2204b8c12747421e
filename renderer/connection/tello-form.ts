import { type TelloSource, telloSourceSchema } from '../../shared/source.ts';
import { say } from '../words/language.ts';

/** The fields of the Tello options as typed. */
export type TelloForm = Record<'host' | 'command' | 'state' | 'video', string>;
export type TelloFormErrors = Partial<TelloForm>;

export function formOf(source: TelloSource): TelloForm {
  return {
    host: source.host,
    command: String(source.ports.command),
    state: String(source.ports.state),
    video: String(source.ports.video),
  };
}

/** Reads the form: the source it describes, or what is wrong with which field. */
export function readTelloForm(
  form: TelloForm,
): { ok: true; source: TelloSource } | { ok: false; errors: TelloFormErrors } {
  const parsed = telloSourceSchema.safeParse({
    kind: 'tello',
    host: form.host.trim(),
    ports: {
      command: portNumber(form.command),
      state: portNumber(form.state),
      video: portNumber(form.video),
    },
  });
  if (parsed.success) return { ok: true, source: parsed.data };
  const errors: TelloFormErrors = {};
  for (const issue of parsed.error.issues) {
    const field = issue.path.at(-1);
    // Rules of the contract's own come with their words.
    const words = issue.code === 'custom' ? `${issue.message}.` : null;
    if (field === 'host') errors.host = words ?? say().options.wrongHost;
    if (field === 'command' || field === 'state' || field === 'video') {
      errors[field] = words ?? say().options.wrongPort;
    }
  }
  return { ok: false, errors };
}

function portNumber(text: string): number {
  return /^\d{1,5}$/.test(text.trim()) ? Number(text) : Number.NaN;
}
