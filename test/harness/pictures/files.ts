/** All pictures of the project, so that a test can compare the pages with the script. */

/**
 * The kinds of theme that have their own pictures in the walkthrough, each with one theme of VS
 * Code.
 */
export const THEMES = {
  light: "Light Modern",
  dark: "Dark Modern",
  hc: "Default High Contrast",
  hcLight: "Default High Contrast Light",
} as const;

export type Theme = keyof typeof THEMES;

export const WALKTHROUGH_STEPS = ["open", "explore", "edit", "review", "publish", "fix"] as const;

export type WalkthroughStep = (typeof WALKTHROUGH_STEPS)[number];

export const walkthroughFile = (step: WalkthroughStep, theme: Theme): string =>
  `media/walkthrough/${step}-${theme}.png`;

export const README_PICTURES = ["portals", "problems", "explain", "cost", "review"] as const;

export type ReadmePicture = (typeof README_PICTURES)[number];

export const readmeFile = (picture: ReadmePicture): string => `media/screenshots/${picture}.png`;
