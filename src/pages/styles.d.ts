/** esbuild gathers what a script imports so into one style sheet. */
declare module "*.css";
