import packageFile from '../package.json' with { type: 'json' };

/** The version people see; `package.json` is the only place that knows it. */
export const version: string = packageFile.version;
