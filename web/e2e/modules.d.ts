declare module 'jsonld' {
  type Loader = (url: string) => Promise<{ document: unknown; documentUrl: string; contextUrl: null }>;
  interface Options {
    documentLoader?: Loader;
    format?: 'application/n-quads';
  }
  const jsonld: {
    expand(document: unknown, options?: Options): Promise<unknown[]>;
    toRDF(document: unknown, options?: Options): Promise<string>;
  };
  export default jsonld;
}

declare module 'webvtt-parser' {
  class WebVTTParser {
    parse(input: string, mode: 'metadata' | 'subtitles'): { errors: { message: string; line: number }[] };
  }
  const webvtt: { WebVTTParser: typeof WebVTTParser };
  export default webvtt;
}
