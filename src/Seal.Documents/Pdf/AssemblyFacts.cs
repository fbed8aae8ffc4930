using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Seal.Documents.Tests")]
