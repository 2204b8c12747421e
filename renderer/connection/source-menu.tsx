import { Check } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { use, useRef } from 'react';
import { useStation } from '../station/deck.ts';
import { returnFocus } from '../ui/focus-return.ts';
import { usePanels } from '../ui/panels.ts';
import { RailButton } from '../ui/rail-button.tsx';
import { TipSideContext } from '../ui/tip.tsx';
import { useMedia } from '../ui/use-media.ts';
import { say } from '../words/language.ts';
import { canDisconnect } from './can-disconnect.ts';
import { useConnection } from './connection.ts';
import styles from './source-menu.module.css';
import { sourceIcons } from './start-card.tsx';
import { useSourceChoices } from './use-source-choices.ts';

/** There is no room for a menu beside a rail. */
const SMALL_WINDOW = '(max-width: 480px) and (orientation: landscape)';

/** The source: shows the one in use, switches to another at any moment. Not modal: no scroll lock. */
export function SourceMenu() {
  const connection = useConnection();
  const panels = usePanels();
  const trigger = useRef<HTMLButtonElement>(null);
  const roomySide = use(TipSideContext);
  const side = useMedia(SMALL_WINDOW) ? 'bottom' : roomySide;
  const running = useStation((state) => canDisconnect(state.status));
  const { choices, currentKey } = useSourceChoices();
  const current = choices.find((choice) => choice.key === currentKey);
  const Icon = sourceIcons[current?.spec.kind ?? 'webcam'];
  const name = current?.name ?? say().sources.camera;

  const choose = (key: string) => {
    const choice = choices.find((known) => known.key === key);
    if (!choice || (running && key === currentKey)) return;
    if (running) void connection.connect(choice.spec);
    else connection.choose(choice.spec);
  };

  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <RailButton
          ref={trigger}
          label={say().connection.sourceIs(name)}
          caption={`${name}\u00a0▾`}
          icon={<Icon />}
        />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className={styles.menu}
          side={side}
          align="start"
          sideOffset={8}
          collisionPadding={8}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            returnFocus(trigger.current);
          }}
        >
          {running ? (
            <DropdownMenu.Label className={styles.note}>
              {say().connection.anotherEnds(name)}
            </DropdownMenu.Label>
          ) : null}
          <DropdownMenu.RadioGroup value={currentKey} onValueChange={choose}>
            {choices.map((choice) => (
              <DropdownMenu.RadioItem
                key={choice.key}
                value={choice.key}
                className={styles.item}
                textValue={choice.name}
              >
                <span className={styles.words}>
                  <span className={styles.name}>{choice.name}</span>
                  <span className={styles.needs}>{choice.needs}</span>
                </span>
                <DropdownMenu.ItemIndicator>
                  <Check className={styles.check} aria-hidden="true" />
                </DropdownMenu.ItemIndicator>
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
          <DropdownMenu.Separator className={styles.separator} />
          <DropdownMenu.Item
            className={styles.item}
            onSelect={() => panels.openSheet('options:tello')}
          >
            {say().connection.telloOptionsItem}
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
