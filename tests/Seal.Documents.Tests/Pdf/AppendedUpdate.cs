using System.Globalization;
using System.Text;

namespace Seal.Documents.Tests.Pdf;

/// <summary>Appends an incremental update to a file, as an honest editor or an attacker would.</summary>
public static class AppendedUpdate
{
    public static byte[] To(byte[] file, params (int Number, string Body)[] objects)
    {
        var text = Encoding.Latin1.GetString(file);
        var footer = text.LastIndexOf("startxref", StringComparison.Ordinal) + 9;
        string previous = new([.. text[footer..].TrimStart().TakeWhile(char.IsAsciiDigit)]);
        StringBuilder update = new();
        StringBuilder table = new("xref\n");
        foreach ((var number, var body) in objects.OrderBy(item => item.Number))
        {
            table.Append(CultureInfo.InvariantCulture, $"{number} 1\n{file.Length + update.Length:D10} 00000 n \n");
            update.Append(CultureInfo.InvariantCulture, $"{number} 0 obj\n{body}\nendobj\n");
        }

        var start = file.Length + update.Length;
        update.Append(table).Append(CultureInfo.InvariantCulture, $"trailer\n<</Size 20000 /Root 1 0 R /Prev {previous}>>\nstartxref\n{start}\n%%EOF\n");
        return [.. file, .. Encoding.Latin1.GetBytes(update.ToString())];
    }

    public static string Stream(string content) => $"<</Length {content.Length}>>\nstream\n{content}\nendstream";
}
