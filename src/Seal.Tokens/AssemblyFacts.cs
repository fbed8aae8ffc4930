using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

// The C library comes from the system's own folders, never from beside the program.
[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
[assembly: DisableRuntimeMarshalling]
[assembly: InternalsVisibleTo("Seal.Tokens.Tests")]
