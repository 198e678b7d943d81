interface SessionPictureProps {
  of: 'question' | 'people' | 'fragments';
}

const pictures = {
  question: (
    <>
      <rect x="14" y="16" width="68" height="44" rx="10" />
      <path d="M30 60v12l14-12" />
      <path d="M41 32c0-5 3-8 7-8s7 3 7 7c0 5-7 5-7 11" className="vs-picture__other" />
      <path d="M48 50v1" className="vs-picture__other" />
    </>
  ),
  people: (
    <>
      <circle cx="26" cy="32" r="8" />
      <path d="M12 62c0-11 6-17 14-17s14 6 14 17" />
      <circle cx="70" cy="32" r="8" />
      <path d="M56 62c0-11 6-17 14-17s14 6 14 17" />
      <circle cx="48" cy="22" r="8" className="vs-picture__other" />
      <path d="M34 52c0-11 6-17 14-17s14 6 14 17" className="vs-picture__other" />
    </>
  ),
  fragments: (
    <>
      <rect x="10" y="22" width="76" height="32" rx="5" />
      <path d="M36 14v48M62 14v48" className="vs-picture__other" />
      <path d="M45 32v12l10-6z" className="vs-picture__other" />
      <path d="M10 70h76" />
    </>
  ),
};

/** What a session is made of, drawn; the words stand beside it. */
export function SessionPicture({ of }: SessionPictureProps) {
  return (
    <svg className="vs-picture" viewBox="0 0 96 84" aria-hidden="true" focusable="false">
      {pictures[of]}
    </svg>
  );
}
