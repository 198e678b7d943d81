import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';

interface Entry {
  code: string;
  label: { nl: string; en: string };
  current: boolean;
}

/** An entry of a list that one can choose now. */
export interface Choice {
  code: string;
  label: string;
}

interface Learned {
  moments: readonly Choice[];
  codes: readonly Choice[];
  /** The name of a code; one that no list knows (any more) is shown as it is. */
  momentOf: (code: string) => string;
  tagOf: (code: string) => string;
}

function named(entries: readonly Entry[], language: 'nl' | 'en') {
  const labels = new Map(entries.map(({ code, label }) => [code, label[language]]));
  return {
    choices: entries
      .filter(({ current }) => current)
      .map(({ code, label }) => ({ code, label: label[language] })),
    labelOf: (code: string) => labels.get(code) ?? code,
  };
}

const NONE: readonly Entry[] = [];
const STALE_MS = 300_000;

/** The municipality's moments and codes, in the language of the screen. */
export function useLearned(): Learned {
  const { i18n } = useTranslation();
  const { data } = api.useQuery('get', '/learning-lists', {}, { staleTime: STALE_MS });
  const language = i18n.language.startsWith('en') ? 'en' : 'nl';
  return useMemo(() => {
    const moments = named(data?.moments.entries ?? NONE, language);
    const codes = named(data?.codes.entries ?? NONE, language);
    return {
      moments: moments.choices,
      codes: codes.choices,
      momentOf: moments.labelOf,
      tagOf: codes.labelOf,
    };
  }, [data, language]);
}
