import type { Camera } from '../../shared/cameras.ts';
import type { SourceSpec } from '../../shared/source.ts';
import type { HandlersOf } from '../base/handlers.ts';
import type { SourceSession } from './session.ts';

type SourceHandlers = HandlersOf<'source.connect' | 'source.disconnect' | 'cameras.list'>;

type SourceParts = {
  session: SourceSession;
  listCameras: () => Promise<Camera[]>;
  /** Told what is being connected to, so that it can be offered first the next time. */
  remember: (source: SourceSpec) => void;
};

/** What can be asked about sources: which cameras there are, connect, disconnect. */
export function sourceHandlers({ session, listCameras, remember }: SourceParts): SourceHandlers {
  return {
    'source.connect': ({ source }) => {
      remember(source);
      return { generation: session.connect(source) };
    },
    'source.disconnect': async () => {
      await session.disconnect();
      return {};
    },
    'cameras.list': listCameras,
  };
}
