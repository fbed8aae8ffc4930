using System.Runtime.InteropServices;

namespace Seal.Tokens.SoftHsm;

/// <summary>The process's environment as C libraries see it; .NET keeps a copy of its own that they never read.</summary>
internal static partial class NativeEnvironment
{
    public static string? Get(string name) => Marshal.PtrToStringUTF8(getenv(name));

    /// <summary>Not safe while another thread of native code reads the environment: for start-up only.</summary>
    public static void Set(string name, string value)
    {
        if (setenv(name, value, 1) != 0)
        {
            throw new InvalidOperationException($"The environment variable {name} cannot be set.");
        }
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint getenv(string name);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);
}
