/** The names of the reader that CloudFront and MediaPackage still use. */
export { PropertyReader as Declared } from './property-reader';
