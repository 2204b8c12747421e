import { CircleAlert, X } from 'lucide-react';
import { Toast } from 'radix-ui';
import { useStore } from 'zustand';
import { say } from '../words/language.ts';
import { Button } from './button.tsx';
import styles from './toaster.module.css';
import { type ShownToast, useToasts } from './toasts.ts';

/** Long enough to read; a failure stays longer, because there is something to do. */
const DURATION_MS = 6_000;
const FAILURE_DURATION_MS = 15_000;

/** The corner where short news appears: below the picture's centre, above the dock. */
export function Toaster() {
  const toasts = useStore(useToasts().store, (state) => state.toasts);
  return (
    <Toast.Provider label={say().ui.message} swipeDirection="left">
      {toasts.map((toast) => (
        <OneToast key={toast.id} toast={toast} />
      ))}
      {/* Off: each message speaks for itself. Named at all, it stays within reach beside a modal dialog. */}
      <Toast.Viewport
        className={styles.viewport}
        label={`${say().ui.messages} ({hotkey})`}
        aria-live="off"
      />
    </Toast.Provider>
  );
}

function OneToast({ toast }: { toast: ShownToast }) {
  const { dismiss } = useToasts();
  const failed = toast.tone === 'danger';
  return (
    <Toast.Root
      className={styles.toast}
      data-tone={toast.tone}
      type={failed ? 'foreground' : 'background'}
      duration={failed ? FAILURE_DURATION_MS : DURATION_MS}
      onOpenChange={(open) => {
        if (!open) dismiss(toast.id);
      }}
    >
      {toast.picture ? <img className={styles.picture} src={toast.picture} alt="" /> : null}
      {failed ? <CircleAlert className={styles.alert} aria-hidden="true" /> : null}
      <div className={styles.words}>
        <Toast.Title className={styles.title}>{toast.title}</Toast.Title>
        {toast.detail ? (
          <Toast.Description className={styles.detail}>{toast.detail}</Toast.Description>
        ) : null}
        {toast.action ? (
          <Toast.Action asChild altText={toast.action.label}>
            <button type="button" className={styles.action} onClick={toast.action.run}>
              {toast.action.label}
            </button>
          </Toast.Action>
        ) : null}
      </div>
      <Toast.Close asChild>
        <Button label={say().ui.dismiss} icon={<X />} className={styles.close} />
      </Toast.Close>
    </Toast.Root>
  );
}
