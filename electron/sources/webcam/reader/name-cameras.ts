import type { CameraIdentity } from './camera-identity.ts';

/** A camera as the system lists it. `name` may be empty, and others may have the same. */
export type FoundDevice = { device: string; name: string } & CameraIdentity;

/** A camera by names that hold. */
export type NamedDevice = FoundDevice & {
  /** The same as long as it is this camera, whatever else is plugged in; readable. */
  id: string;
  /** What a person reads: its name, with what tells it from another of the same name. */
  label: string;
};

/** What a camera without a name is called where a path would not hold. */
const NAMELESS = 'Camera';

/** Gives every camera an id and a label, no two of them alike. */
export function nameCameras(found: readonly FoundDevice[]): NamedDevice[] {
  return found.map((camera) => {
    const others = found.filter((other) => other !== camera);
    const isOwn = (form: string) => others.every((other) => !ids(other).includes(form));
    const id = ids(camera).find(isOwn) ?? camera.device;
    const name = camera.name.trim();
    const isAlone = others.every((other) => other.name.trim() !== name);
    return {
      ...camera,
      id,
      label: name === '' || isAlone ? name || camera.device : twin(name, id),
    };
  });
}

/** Every form by which a camera is known for long, the one that holds best first. */
export function ids({ name, device, serial, port }: FoundDevice): string[] {
  const base = name.trim() || NAMELESS;
  return [
    ...(serial === undefined ? [] : [`${base} (serial ${serial})`]),
    ...(port === undefined ? [] : [`${base} (port ${port})`]),
    device,
  ];
}

function twin(name: string, id: string): string {
  return id.startsWith(name) ? id : `${name} (${id})`;
}
