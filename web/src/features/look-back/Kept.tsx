import { useTranslation } from 'react-i18next';
import type { Keeping } from './keeper';

/** Says whether what was typed is safe. Said aloud only when it is not. */
export function Kept({ keeping, touched }: { keeping: Keeping; touched: boolean }) {
  const { t } = useTranslation('lookBack');
  const waiting = keeping === 'waiting';
  return (
    <p className="vs-kept" role={waiting ? 'status' : undefined}>
      {(touched || waiting) && t(`keeping.${keeping}`)}
    </p>
  );
}
