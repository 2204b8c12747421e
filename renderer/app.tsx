import { Tooltip } from 'radix-ui';
import styles from './app.module.css';
import { ShortcutsButton } from './commands/shortcuts-button.tsx';
import { ShortcutsSheet } from './commands/shortcuts-sheet.tsx';
import { useCommands } from './commands/use-commands.ts';
import { ConnectButton } from './connection/connect-button.tsx';
import { useConnection } from './connection/connection.ts';
import { FirstRun } from './connection/first-run.tsx';
import { LeavingSheet } from './connection/leaving-sheet.tsx';
import { LinkChecks } from './connection/link-checks.tsx';
import { SourceMenu } from './connection/source-menu.tsx';
import { StartCard } from './connection/start-card.tsx';
import { TelloSheet } from './connection/tello-sheet.tsx';
import { useLooking } from './connection/use-looking.ts';
import { WebcamSheet } from './connection/webcam-sheet.tsx';
import { ManoeuvresDrawer } from './flight/drawer/manoeuvres-drawer.tsx';
import { FlightControls } from './flight/flight-controls.tsx';
import { FlightLine } from './flight/flight-line.tsx';
import { Hud } from './flight/hud.tsx';
import { TouchSticks } from './flight/touch-sticks.tsx';
import { CaptureButton } from './library/capture-button.tsx';
import { CaptureStrip } from './library/capture-strip.tsx';
import { CapturesButton } from './library/captures-button.tsx';
import { CapturesDrawer } from './library/captures-drawer.tsx';
import { Flash } from './library/flash.tsx';
import { LibrarySheet } from './library/items/library-sheet.tsx';
import { PhotoViewer } from './library/photo-viewer.tsx';
import { RecordButton } from './library/recording/record-button.tsx';
import { RecordingLine } from './library/recording/recording-line.tsx';
import { Cockpit } from './live/cockpit.tsx';
import { Header } from './live/header.tsx';
import { LiveView } from './live/live-view.tsx';
import { SessionAnnouncer } from './live/session-announcer.tsx';
import { SignalButton } from './live/signal-button.tsx';
import { Veil } from './live/veil.tsx';
import { WaitingFrame } from './live/waiting-frame.tsx';
import { SettingsButton } from './settings/settings-button.tsx';
import { SettingsDrawer } from './settings/settings-drawer.tsx';
import { ShareButton } from './share/share-button.tsx';
import { ShareSheet } from './share/share-sheet.tsx';
import { Toaster } from './ui/toaster.tsx';
import { useLanguage } from './ui/use-language.ts';
import { useFocusHome } from './use-focus-home.ts';

/** The picture is the page; everything else stands around it, and only words stand on it. */
export function App() {
  useCommands();
  // Every view below is made anew when the language changes.
  useLanguage();
  useFocusHome();
  const connection = useConnection();
  return (
    <Tooltip.Provider delayDuration={500} skipDelayDuration={200}>
      <LiveView />
      <WaitingFrame />
      <Flash />
      <div className={styles.start}>
        <StartCard />
      </div>
      <Veil
        onRetry={() => void connection.start()}
        onChangeSource={() => void connection.disconnect()}
        checks={<LinkChecks />}
        looking={useLooking()}
      />
      <Cockpit
        header={<Header />}
        source={
          <>
            <SourceMenu />
            <ConnectButton />
            <SignalButton />
          </>
        }
        flight={<FlightControls />}
        instruments={
          <>
            <Hud />
            <FlightLine />
            <RecordingLine />
          </>
        }
        sticks={<TouchSticks />}
        app={
          <>
            <SettingsButton />
            <ShortcutsButton />
          </>
        }
        captures={
          <>
            <CaptureStrip />
            <CapturesButton />
          </>
        }
        share={<ShareButton />}
        shutter={<CaptureButton />}
        record={<RecordButton />}
      />
      <div className={styles.drawer}>
        <CapturesDrawer />
        <ManoeuvresDrawer />
        <SettingsDrawer />
      </div>
      <Toaster />
      <FirstRun />
      <TelloSheet />
      <WebcamSheet />
      <LeavingSheet />
      <ShortcutsSheet />
      <PhotoViewer />
      <LibrarySheet />
      <ShareSheet />
      <SessionAnnouncer />
    </Tooltip.Provider>
  );
}
