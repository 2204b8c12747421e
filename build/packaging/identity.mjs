/** Who makes this. A fork sets the environment variables; the example domain belongs to nobody. */
const repository = process.env.GITHUB_REPOSITORY
  ? `${process.env.GITHUB_SERVER_URL ?? 'https://github.com'}/${process.env.GITHUB_REPOSITORY}`
  : undefined;

export const identity = {
  appId: 'org.hoverdeck.Hoverdeck',
  homepage: process.env.HOVERDECK_HOMEPAGE ?? repository ?? 'https://hoverdeck.example/',
  maintainer: {
    name: 'The Hoverdeck maintainers',
    email: process.env.HOVERDECK_MAINTAINER_EMAIL ?? 'maintainers@hoverdeck.example',
  },
  /** Folder of the update feed; without one, the packaged app never looks for updates. */
  updateUrl: process.env.HOVERDECK_UPDATE_URL || undefined,
};
