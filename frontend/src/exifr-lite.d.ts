// The build of exifr that reads photographs of phones, without its rarer formats.
declare module 'exifr/dist/lite.esm.mjs' {
  export { default } from 'exifr'
}
