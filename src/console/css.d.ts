/** The build takes styles out of the script and into a file of their own. */
declare module '*/console.css' {}
