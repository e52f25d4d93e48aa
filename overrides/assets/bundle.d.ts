/** The folder of this build, such as `/assets/1f0c9a3e`: the build puts the text in its place (overrides/press/bundle.py). */
declare const ASSETS: string;
