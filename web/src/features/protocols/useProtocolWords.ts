import { useTranslation } from 'react-i18next';
import type { ContributionKind, Protocol, ProtocolStep } from '../../api/types';

interface InBoth {
  nl: string;
  en: string;
}

/** What a protocol says of itself, in the language of the screen. */
export function useProtocolWords() {
  const { t, i18n } = useTranslation('protocols');
  const english = i18n.language === 'en';
  const and = new Intl.ListFormat(i18n.language, { type: 'conjunction' });

  const people = ({ people: { min, max }, leader }: Protocol): string => {
    if (leader === 'coach' && max === 1) return t('people.two');
    if (min === max) return t('people.exactly', { count: max });
    return min === 1 ? t('people.most', { max }) : t('people.range', { min, max });
  };

  const film = ({ film: shown, leads }: ProtocolStep): string =>
    leads ? `${t(`film.${shown}`)} ${t(`leads.${leads}`)}` : t(`film.${shown}`);

  const posts = (kinds: readonly ContributionKind[]): string =>
    kinds.length > 0 ? and.format(kinds.map((kind) => t(`kinds.${kind}`))) : t('postsNothing');

  return {
    t,
    text: ({ nl, en }: InBoth): string => (english ? en : nl),
    minutes: (count: number): string => t('minutes', { count }),
    /** No clock: a guide for the whole. */
    about: ({ minutes }: Protocol): string => t('about', { count: minutes }),
    people,
    leader: ({ leader }: Protocol): string => t(`leader.${leader}`),
    film,
    posts,
  };
}
