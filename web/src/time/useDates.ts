import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ZONE } from './wall';

const dayOptions: Intl.DateTimeFormatOptions = {
  timeZone: ZONE,
  weekday: 'long',
  day: 'numeric',
  month: 'long',
};

interface Dates {
  /** "dinsdag 3 november, 10.15 uur"; with the year when it is another one. */
  moment(iso: string): string;
  /** "dinsdag 3 november" */
  day(iso: string): string;
  /** "november 2026", of "2026-11" */
  month(yearMonth: string): string;
}

export function useDates(): Dates {
  const { t, i18n } = useTranslation('app');
  return useMemo(() => {
    const locale = i18n.language === 'en' ? 'en-GB' : 'nl-NL';
    const plain = new Intl.DateTimeFormat(locale, dayOptions);
    const dated = new Intl.DateTimeFormat(locale, { ...dayOptions, year: 'numeric' });
    const clock = new Intl.DateTimeFormat(locale, {
      timeZone: ZONE,
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    const months = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', month: 'long', year: 'numeric' });
    const year = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, year: 'numeric' });
    const day = (iso: string): string => {
      const date = new Date(iso);
      return (year.format(date) === year.format(new Date()) ? plain : dated).format(date).replace(',', '');
    };
    const moment = (iso: string): string => {
      const read = Object.fromEntries(clock.formatToParts(new Date(iso)).map((p) => [p.type, p.value]));
      return t('moment', { day: day(iso), hour: read.hour, minute: read.minute });
    };
    return { day, moment, month: (yearMonth) => months.format(new Date(`${yearMonth}-01T00:00:00Z`)) };
  }, [i18n.language, t]);
}
