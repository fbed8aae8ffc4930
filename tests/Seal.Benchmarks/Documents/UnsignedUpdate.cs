using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Seal.Benchmarks.Documents;

/// <summary>Saves a document again with other document information, as an editor does, by hand and not with the product's own writer.</summary>
internal static partial class UnsignedUpdate
{
    private const int TailRead = 4096;

    public static byte[] Of(byte[] file, int number)
    {
        var tail = Encoding.Latin1.GetString(file, Math.Max(0, file.Length - TailRead), Math.Min(TailRead, file.Length));
        var root = Last(Root(), tail);
        var size = int.Parse(Last(Size(), tail), CultureInfo.InvariantCulture);
        var previous = Last(StartXref(), tail);
        var information = tail.Contains("/Info ", StringComparison.Ordinal) ? int.Parse(Last(Info(), tail), CultureInfo.InvariantCulture) : size;
        var body = $"{information} 0 obj\n<</Title (Save {number}) /Producer (bench)>>\nendobj\n";
        var update = body + $"xref\n{information} 1\n{file.Length:D10} 00000 n \ntrailer\n<</Size {Math.Max(size, information + 1)} /Root {root} /Info {information} 0 R /Prev {previous}>>\nstartxref\n{file.Length + body.Length}\n%%EOF\n";
        return [.. file, .. Encoding.Latin1.GetBytes(update)];
    }

    private static string Last(Regex pattern, string text) => pattern.Matches(text) is [.., var last]
        ? last.Groups[1].Value
        : throw new InvalidOperationException($"No {pattern} at the end of the sealed document.");

    [GeneratedRegex(@"/Root (\d+ \d+ R)")]
    private static partial Regex Root();

    [GeneratedRegex(@"/Size (\d+)")]
    private static partial Regex Size();

    [GeneratedRegex(@"/Info (\d+) ")]
    private static partial Regex Info();

    [GeneratedRegex(@"startxref\s+(\d+)")]
    private static partial Regex StartXref();
}
