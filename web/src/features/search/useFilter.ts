import { useMemo, useState } from 'react';
import { api } from '../../api/client';
import type { Annotation } from '../../api/types';
import { has, wordsOf } from './fold';

type Names = ReadonlyMap<string, string>;

/** What markers and tags are called, in both languages. */
function useNames(): Names {
  const { data } = api.useQuery('get', '/learning-lists');
  return useMemo(
    () =>
      new Map(
        [...(data?.moments.entries ?? []), ...(data?.codes.entries ?? [])].map(({ code, label }) => [
          code,
          `${label.nl}\n${label.en}`,
        ]),
      ),
    [data],
  );
}

function textsOf({ body, tags, marker }: Annotation, names: Names): string[] {
  const codes = marker === undefined ? tags : [...tags, marker];
  return [body, ...codes, ...codes.map((code) => names.get(code) ?? '')];
}

/** Which notes of this film have the words, with their replies; null while nothing is looked for. In memory only. */
export function useFilter() {
  const [query, setQuery] = useState('');
  const names = useNames();
  const wanted = useMemo(() => {
    const words = wordsOf(query);
    if (words.length === 0) return null;
    return (note: Annotation, replies: readonly Annotation[]) =>
      [note, ...replies].some((one) => has(words, textsOf(one, names)));
  }, [names, query]);
  return { query, setQuery, wanted };
}

export type Filter = ReturnType<typeof useFilter>;
