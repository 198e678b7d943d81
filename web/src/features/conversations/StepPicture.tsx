interface StepPictureProps {
  step: 'table' | 'yes' | 'film';
}

const pictures = {
  table: (
    <>
      <path d="M14 58h68" />
      <path d="M22 58v14M74 58v14" />
      <circle cx="30" cy="28" r="8" />
      <path d="M16 54c0-9 6-14 14-14s14 5 14 14" />
      <circle cx="66" cy="28" r="8" className="vs-picture__other" />
      <path d="M52 54c0-9 6-14 14-14s14 5 14 14" className="vs-picture__other" />
    </>
  ),
  yes: (
    <>
      <rect x="32" y="10" width="32" height="60" rx="5" />
      <path d="M43 63h10" />
      <path d="m40 36 6 7 11-14" className="vs-picture__other" />
    </>
  ),
  film: (
    <>
      <rect x="12" y="18" width="72" height="42" rx="5" />
      <path d="M42 30v18l15-9z" className="vs-picture__other" />
      <path d="M12 71h72" />
      <path d="M30 66v10M58 66v10" className="vs-picture__other" />
    </>
  ),
};

/** The three steps, drawn; the words stand beside them. */
export function StepPicture({ step }: StepPictureProps) {
  return (
    <svg className="vs-picture" viewBox="0 0 96 84" aria-hidden="true" focusable="false">
      {pictures[step]}
    </svg>
  );
}
