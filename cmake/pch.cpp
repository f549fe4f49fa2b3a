// Gives the precompiled headers an object to belong to.
