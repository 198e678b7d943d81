import type { Page } from '@playwright/test';
import jsonld from 'jsonld';
import webvtt from 'webvtt-parser';

/** Terms of http://www.w3.org/ns/anno.jsonld that our files use, as the Web Annotation Vocabulary defines them. */
const OA = 'http://www.w3.org/ns/oa#';
const AS = 'http://www.w3.org/ns/activitystreams#';
const idOf = (iri: string) => ({ '@id': iri, '@type': '@id' });
const words = (iri: string) => ({ '@id': iri, '@type': '@vocab' });
const dateTime = (iri: string) => ({ '@id': iri, '@type': 'http://www.w3.org/2001/XMLSchema#dateTime' });
const context = {
  id: '@id',
  type: '@type',
  Annotation: `${OA}Annotation`,
  TextualBody: `${OA}TextualBody`,
  FragmentSelector: `${OA}FragmentSelector`,
  AnnotationCollection: `${AS}OrderedCollection`,
  AnnotationPage: `${AS}OrderedCollectionPage`,
  Person: 'http://xmlns.com/foaf/0.1/Person',
  ...Object.fromEntries(
    [
      'describing',
      'questioning',
      'commenting',
      'bookmarking',
      'replying',
      'highlighting',
      'tagging',
      'classifying',
      'identifying',
    ].map((motivation) => [motivation, OA + motivation]),
  ),
  motivation: words(`${OA}motivatedBy`),
  purpose: words(`${OA}hasPurpose`),
  body: idOf(`${OA}hasBody`),
  target: idOf(`${OA}hasTarget`),
  source: idOf(`${OA}hasSource`),
  selector: idOf(`${OA}hasSelector`),
  conformsTo: idOf('http://purl.org/dc/terms/conformsTo'),
  value: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#value',
  format: 'http://purl.org/dc/elements/1.1/format',
  creator: idOf('http://purl.org/dc/terms/creator'),
  name: 'http://xmlns.com/foaf/0.1/name',
  created: dateTime('http://purl.org/dc/terms/created'),
  modified: dateTime('http://purl.org/dc/terms/modified'),
  total: `${AS}totalItems`,
  first: idOf(`${AS}first`),
  partOf: idOf(`${AS}partOf`),
  startIndex: `${AS}startIndex`,
  items: { '@id': `${AS}items`, '@type': '@id', '@container': '@list' },
};

/** The statements of a JSON-LD file, as N-Quads. What the context does not know would be silently lost, and fails. */
export async function statements(file: string): Promise<string> {
  const document: unknown = JSON.parse(file);
  const unknown = [...new Set(keysOf(document))].filter((key) => key !== '@context' && !(key in context));
  if (unknown.length > 0) throw new Error(`not terms of the standard: ${unknown.join(', ')}`);
  return jsonld.toRDF(document, {
    format: 'application/n-quads',
    documentLoader: async (url) => {
      if (url !== 'http://www.w3.org/ns/anno.jsonld') throw new Error(`an unknown context: ${url}`);
      return { document: { '@context': context }, documentUrl: url, contextUrl: null };
    },
  });
}

function keysOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(keysOf);
  if (typeof value !== 'object' || value === null) return [];
  return [...Object.keys(value), ...Object.values(value).flatMap(keysOf)];
}

/**
 * The cues of a WebVTT file: held against the standard by its own validator, and read by the browser as it reads the
 * captions of a film.
 */
export async function cues(page: Page, file: string) {
  const { errors } = new webvtt.WebVTTParser().parse(file, 'subtitles');
  if (errors.length > 0) throw new Error(errors.map(({ line, message }) => `${line}: ${message}`).join('\n'));
  const reader = await page.context().newPage();
  const read = await reader.evaluate(async (text) => {
    const track = document.createElement('track');
    track.default = true;
    track.src = URL.createObjectURL(new Blob([text], { type: 'text/vtt' }));
    document.body.appendChild(document.createElement('video')).append(track);
    track.track.mode = 'hidden';
    await new Promise((loaded, failed) => {
      track.onload = loaded;
      track.onerror = failed;
    });
    return [...(track.track.cues ?? [])].map((cue) => ({
      startTime: cue.startTime,
      endTime: cue.endTime,
      text: (cue as VTTCue).getCueAsHTML().textContent,
    }));
  }, file);
  await reader.close();
  return read;
}
