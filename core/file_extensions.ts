/**
 * The file extensions that an event may name; every other one is `other`.
 *
 * @module
 */

const LIST = `ada adb ads asm asp aspx astro avro awk bash bat bazel bib bin bmp bzl c cc cfg cjs
clj cljs cls cmake cmd coffee conf cpp cr cs csproj css csv cts cu cue cxx d dart db dbml diff
dockerfile dot ejs el elm env erb erl ex exs f90 fish fs fsx gd gemspec gif glsl go gql gradle
graphql groovy h haml handlebars hbs hcl heex hpp hrl hs htm html hxx ico idl ini ipynb jar java
jinja jl jpeg jpg js json json5 jsonc jsonl jsp jsx kt kts less lhs liquid lisp lock log lua m
makefile md mdc mdx mjs mk ml mli mm mod mts mustache mysql ndjson nim nix nu odt orm otf out pas
patch pbxproj pdf php pl plist pm png po postcss pp prisma proto ps1 psd1 psm1 pug py pyi pyx qml
r rake rb rbi re rego res resx rkt rmd ron rs rst rtf sass sbt sc scala scm scss sh sln snap sol
sql sqlite styl sum svelte svg swift tcl templ tex tf tfvars thrift toml ts tsv tsx ttf twig txt
v vb vbs vhd vhdl vim vue wasm wat webp wgsl woff woff2 xaml xcconfig xhtml xls xlsx xml xsd xsl
yaml yml zig zsh`;

/** Extensions in lower case, without the dot. */
export const FILE_EXTENSIONS: ReadonlySet<string> = new Set(LIST.split(/\s+/));
