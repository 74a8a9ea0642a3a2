import { installPackaged } from "./installPackaged.ts";
import { endAll } from "./lifetime.ts";
import { takeReadmePictures } from "./pictures/readme.ts";
import { takeWalkthroughPictures } from "./pictures/walkthrough.ts";

/** `npm run screenshots`: all pictures of README and walkthrough, from the packaged extension. */
try {
  await installPackaged("screenshots");
  await takeReadmePictures();
  await takeWalkthroughPictures();
} finally {
  await endAll();
}
