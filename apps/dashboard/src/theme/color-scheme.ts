/** The attribute of the html element that names the colour scheme; set before the first paint. */
export const colorSchemeAttribute = 'data-color-scheme';
