/** What a test asks of a running rig. */
export type ControlRequest =
  | { op: 'state' }
  | { op: 'clickMenu'; item: string }
  | { op: 'answerDialog'; response: number }
  | { op: 'closeWindow' }
  | { op: 'quit' }
  | { op: 'crashRenderer' }
  | { op: 'reportUnresponsive' }
  | { op: 'invokeAs'; channel: string; values: unknown[]; url: string; isMainFrame: boolean }
  | { op: 'askRequest'; url: string }
  | { op: 'askDevice' }
  | { op: 'prevents'; event: string; url: string; isMainFrame: boolean }
  | { op: 'minimizeWindow' }
  | { op: 'clickNotification' }
  | { op: 'askPermission'; permission: string; origin: string; isMainFrame: boolean };

export type ControlReply =
  | { id: number; ok: true; value: unknown }
  | { id: number; ok: false; message: string };

export type WindowState = {
  targetId: string;
  visible: boolean;
  minimized: boolean;
  /** How often the window was brought to the front. */
  focused: number;
  /** How often a page has finished loading in it. */
  loads: number;
  alwaysOnTop: boolean;
  fullScreen: boolean;
  bounds: { x: number; y: number; width: number; height: number };
  webPreferences: Record<string, unknown>;
  url: string;
};

export type RigState = {
  ready: boolean;
  sandboxed: boolean;
  spellChecker: boolean;
  endpoint: string | null;
  windows: WindowState[];
  menu: MenuState[];
  openedLinks: string[];
  refusedDownloads: string[];
  shownItems: string[];
  clipboard: string;
  notifications: { title: string; body: string }[];
  powerBlockers: string[];
  dialogs: { message: string; buttons?: string[] }[];
  aboutPanel: Record<string, unknown>;
  utilityProcesses: { pid?: number; serviceName: string }[];
};

export type MenuState = {
  id?: string;
  label?: string;
  role?: string;
  accelerator?: string;
  checked: boolean;
  submenu: MenuState[];
};
