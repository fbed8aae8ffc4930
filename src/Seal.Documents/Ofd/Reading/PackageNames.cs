using System.Buffers.Binary;
using System.Text;

namespace Seal.Documents.Ofd;

/// <summary>What names the entries of a package may have.</summary>
internal static class PackageNames
{
    private const int LongestName = 1024;
    private const int UnicodePathField = 0x7075;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>UTF-8, with or without the flag that says so; else GB 18030, which Chinese tools write without saying so.</summary>
    public static string Decode(ReadOnlySpan<byte> raw)
    {
        try
        {
            return Utf8.GetString(raw);
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetString(raw);
        }
    }

    /// <summary>Whether a name is a plain path below the root, the same for every reader.</summary>
    public static bool IsSafe(ZipEntry entry)
    {
        var name = entry.IsDirectory ? entry.Name[..^1] : entry.Name;
        return name.Length is > 0 and <= LongestName
            && !name.Any(static c => c is '\\' or ':' or '\uFFFD' || char.IsControl(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.Format)
            && name.Split('/').All(static segment => segment is not ("" or "." or ".."))
            && SaysTheSameInUnicode(entry.Extra.Span, entry.Name);
    }

    /// <summary>Info-ZIP's extra field (APPNOTE 4.6.9) may give the entry another name for readers that know it.</summary>
    public static bool SaysTheSameInUnicode(ReadOnlySpan<byte> extra, string name)
    {
        while (extra.Length >= 4)
        {
            var id = BinaryPrimitives.ReadUInt16LittleEndian(extra);
            int length = BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]);
            if (length > extra.Length - 4)
            {
                return false;
            }

            var field = extra.Slice(4, length);
            if (id == UnicodePathField && (length < 5 || Decode(field[5..]) != name))
            {
                return false;
            }

            extra = extra[(4 + length)..];
        }

        return true;
    }
}
