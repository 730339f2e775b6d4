'use client';

import { DetailFrame } from './detail-frame.tsx';
import { ObjectDetail, type ObjectDetailProps } from './object-detail.tsx';

/** The open object in its frame; loaded when the first object is opened. */
export function DetailPanel(props: ObjectDetailProps) {
  return (
    <DetailFrame onClose={props.onClose}>
      <ObjectDetail {...props} />
    </DetailFrame>
  );
}
