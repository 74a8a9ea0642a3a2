import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Page } from "playwright-core";
import { ROOT } from "../paths.ts";
import { encodePalettePng } from "./palettePng.ts";

export interface Clip {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface PictureOptions {
  readonly clip?: Clip;
  /** How many colours it has at most. */
  readonly colours?: number;
}

/** Writes a picture of a page. @param file relative to the root */
export async function takePicture(
  page: Page,
  file: string,
  { clip, colours }: PictureOptions = {},
): Promise<void> {
  const png = await page.screenshot({
    animations: "disabled",
    caret: "hide",
    ...(clip && { clip }),
  });
  const path = join(ROOT, file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, encodePalettePng(await pixelsOf(page, png), colours));
  console.log(path);
}

/**
 * Decodes a picture in the browser. Uses a page of its own, because VS Code's has a content
 * security policy.
 */
async function pixelsOf(page: Page, png: Buffer): Promise<Parameters<typeof encodePalettePng>[0]> {
  const decoder = await page.context().newPage();
  try {
    const { width, height, base64 } = await decoder.evaluate(decode, png.toString("base64"));
    return { width, height, rgba: Buffer.from(base64, "base64") };
  } finally {
    await decoder.close();
  }
}

/** Runs in the page. */
async function decode(base64: string): Promise<{ width: number; height: number; base64: string }> {
  const response = await fetch(`data:image/png;base64,${base64}`);
  const bitmap = await createImageBitmap(await response.blob());
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext("2d");
  if (!context) {
    throw new Error("There is no canvas.");
  }
  context.drawImage(bitmap, 0, 0);
  const { data, width, height } = context.getImageData(0, 0, bitmap.width, bitmap.height);
  const reader = new FileReader();
  const read = new Promise<string>((resolve) => {
    reader.onload = () => resolve(String(reader.result));
  });
  reader.readAsDataURL(new Blob([data]));
  return { width, height, base64: (await read).split(",")[1] ?? "" };
}
