using System.Text;

namespace Seal.Tokens.Skf;

/// <summary>Text and lists of names as SKF passes them.</summary>
internal static unsafe class SkfNames
{
    /// <summary>A call that says how long its answer is when it is given no room, and answers when given that much.</summary>
    public delegate uint TwoStep(byte* answer, uint* length);

    /// <summary>Text with the NUL that ends it.</summary>
    /// <exception cref="ArgumentException">It has a NUL inside.</exception>
    public static byte[] Terminated(string text) => text.Contains('\0', StringComparison.Ordinal)
        ? throw new ArgumentException("A name on a device has no NUL in it.", nameof(text))
        : [.. Encoding.UTF8.GetBytes(text), 0];

    /// <summary>Text in a field of fixed length, up to its NUL.</summary>
    public static string Text(byte* field, int length)
    {
        var bytes = new ReadOnlySpan<byte>(field, length);
        var end = bytes.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]).TrimEnd();
    }

    public static IReadOnlyList<string> Devices(SkfFunctions functions, string path) =>
        Split(Answer((answer, length) => functions.EnumDev(1, answer, length), path, "SKF_EnumDev"));

    /// <summary>Names that each end with a NUL, the list with one more.</summary>
    public static IReadOnlyList<string> Split(byte[] list) =>
        Encoding.UTF8.GetString(list).Split('\0', StringSplitOptions.RemoveEmptyEntries);

    /// <exception cref="TokenException">The call refused.</exception>
    public static byte[] Answer(TwoStep call, string device, string function)
    {
        uint length = 0;
        Check(call(null, &length), device, function);
        var answer = new byte[length];
        if (length > 0)
        {
            fixed (byte* start = answer)
            {
                Check(call(start, &length), device, function);
            }
        }

        return answer[..(int)Math.Min(length, (uint)answer.Length)];
    }

    /// <exception cref="TokenException">The result is not SAR_OK.</exception>
    public static void Check(uint result, string device, string function)
    {
        if ((SarResult)result != SarResult.Ok)
        {
            throw new TokenException(device, function, (SarResult)result);
        }
    }
}
