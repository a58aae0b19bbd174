// Bundles style, fonts and behaviour into luotsi/ui/static/ui; run by `npm run build`.
import { cp, mkdir, rm } from "node:fs/promises";
import { build } from "esbuild";

const out = "luotsi/ui/static/ui";
await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await build({
  entryPoints: { luotsi: "assets/luotsi.css" },
  bundle: true,
  minify: true,
  outdir: out,
  assetNames: "fonts/[name]",
  loader: { ".woff2": "file", ".woff": "empty" },
  target: ["chrome123", "firefox120", "safari17.5"],
  logLevel: "warning",
});
await build({
  entryPoints: { luotsi: "assets/luotsi.js" },
  bundle: true,
  minify: true,
  format: "iife",
  outdir: out,
  target: ["es2022"],
  logLevel: "warning",
  legalComments: "none",
});
await cp("assets/favicon.svg", `${out}/favicon.svg`);
