import type { Camera } from '../../shared/cameras.ts';
import type { SourceSpec } from '../../shared/source.ts';
import type { HandlersOf } from '../base/handlers.ts';
import type { SourceSession } from './session.ts';

type SourceHandlers = HandlersOf<'source.connect' | 'source.disconnect' | 'cameras.list'>;

type SourceParts = {
  session: SourceSession;
  listCameras: () => Promise<Camera[]>;
  /** Rejects while the open source must not be let go of, unless forced. */
  letGo: (force: boolean) => Promise<void>;
  /** Told what is being connected to, so that it can be offered first the next time. */
  remember: (source: SourceSpec) => void;
};

/** What can be asked about sources: which cameras there are, connect, disconnect. */
export function sourceHandlers({
  session,
  listCameras,
  letGo,
  remember,
}: SourceParts): SourceHandlers {
  return {
    'source.connect': async ({ source, force }) => {
      await letGo(force);
      remember(source);
      return { generation: session.connect(source) };
    },
    'source.disconnect': async ({ force }) => {
      await letGo(force);
      await session.disconnect();
      return {};
    },
    'cameras.list': listCameras,
  };
}
