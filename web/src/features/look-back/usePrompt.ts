import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AnnotationKind, LookBack } from '../../api/types';
import { askedNow } from './prompt';

interface Prompt {
  question: string;
  kinds: readonly AnnotationKind[];
}

/** The question and the kinds for a new note, in words; undefined while nothing is asked in particular. */
export function usePrompt(lookBack: Pick<LookBack, 'phase' | 'begin'> | undefined): Prompt | undefined {
  const { t } = useTranslation('lookBack');
  const { phase, begin } = lookBack ?? {};
  return useMemo(() => {
    const asked = askedNow({ ...(phase && { phase }), ...(begin && { begin }) });
    return asked && { question: t(`prompt.${asked.question}`), kinds: asked.kinds };
  }, [begin, phase, t]);
}
