using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Seal.Ledger;

/// <summary>
/// The JSON Canonicalization Scheme, RFC 8785: one sequence of bytes for one JSON value, so that it can be hashed.
/// </summary>
/// <remarks>
/// Members are ordered by the UTF-16 code units of their names, numbers are IEEE 754 doubles printed as ECMAScript does,
/// strings carry only the escapes that JSON demands. A number beyond double's precision is rounded, as the RFC says:
/// write such numbers as strings.
/// </remarks>
public static class CanonicalJson
{
    /// <summary>How deep objects and arrays may nest.</summary>
    public const int MaximumDepth = 64;

    /// <summary>Every whole number of so many digits is below 2^53.</summary>
    private const int LongestExactInteger = 15;

    /// <summary>Gives the canonical bytes of one JSON value.</summary>
    /// <param name="json">JSON text in UTF-8, without a byte order mark.</param>
    /// <returns>The canonical form in UTF-8.</returns>
    /// <exception cref="CanonicalJsonException">
    /// Not JSON; a name twice in one object; invalid UTF-8; a lone surrogate; a number that is not finite as a double; nested too deep.
    /// </exception>
    public static byte[] Canonicalise(ReadOnlySpan<byte> json)
    {
        var output = new ArrayBufferWriter<byte>(json.Length + 16);
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaximumDepth });
        try
        {
            reader.Read();
            WriteValue(ref reader, output);
            if (reader.Read())
            {
                throw new CanonicalJsonException("There is more than one JSON value.");
            }
        }
        catch (JsonException e)
        {
            throw new CanonicalJsonException("The bytes are not JSON: " + e.Message, e);
        }

        return output.WrittenSpan.ToArray();
    }

    /// <summary>Gives the canonical bytes of a JSON object.</summary>
    /// <param name="json">JSON text in UTF-8.</param>
    /// <returns>The canonical form in UTF-8, which begins with <c>{</c>.</returns>
    /// <exception cref="CanonicalJsonException">As for <see cref="Canonicalise"/>, or the value is not an object.</exception>
    public static byte[] CanonicaliseObject(ReadOnlySpan<byte> json)
    {
        var canonical = Canonicalise(json);
        return canonical[0] == (byte)'{' ? canonical : throw new CanonicalJsonException("The JSON value is not an object.");
    }

    /// <summary>Appends a text as a canonical JSON string, quotes included.</summary>
    internal static void WriteString(string text, ArrayBufferWriter<byte> output)
    {
        output.Write("\""u8);
        var from = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c >= ' ' && c != '"' && c != '\\')
            {
                continue;
            }

            WriteUtf8(text.AsSpan(from, i - from), output);
            WriteEscape(c, output);
            from = i + 1;
        }

        WriteUtf8(text.AsSpan(from), output);
        output.Write("\""u8);
    }

    private static void WriteValue(ref Utf8JsonReader reader, ArrayBufferWriter<byte> output)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                WriteObject(ref reader, output);
                break;
            case JsonTokenType.StartArray:
                WriteArray(ref reader, output);
                break;
            case JsonTokenType.String:
                WriteStringToken(ref reader, output);
                break;
            case JsonTokenType.Number when IsPlainInteger(reader.ValueSpan):
                output.Write(reader.ValueSpan);
                break;
            case JsonTokenType.Number:
                if (!reader.TryGetDouble(out var number) || !double.IsFinite(number))
                {
                    throw new CanonicalJsonException("A number is too large for a double.");
                }

                EcmaScriptNumber.Write(number, output);
                break;
            default:
                // true, false, null: the token is its own canonical form.
                output.Write(reader.ValueSpan);
                break;
        }
    }

    /// <summary>Whether a number is a whole one that a double holds exactly, written as ECMAScript would: the token is then its own canonical form.</summary>
    private static bool IsPlainInteger(ReadOnlySpan<byte> number) => number.Length <= LongestExactInteger && !number.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    private static void WriteArray(ref Utf8JsonReader reader, ArrayBufferWriter<byte> output)
    {
        output.Write("["u8);
        var first = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (!first)
            {
                output.Write(","u8);
            }

            first = false;
            WriteValue(ref reader, output);
        }

        output.Write("]"u8);
    }

    /// <summary>Writes members as they come; only when they come out of order are their bytes arranged anew.</summary>
    private static void WriteObject(ref Utf8JsonReader reader, ArrayBufferWriter<byte> output)
    {
        output.Write("{"u8);
        var begin = output.WrittenCount;
        var members = new List<(string Name, int From, int To)>();
        var ordered = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (members.Count > 0)
            {
                output.Write(","u8);
            }

            var from = output.WrittenCount;
            var name = Text(ref reader);
            WriteStringToken(ref reader, output);
            output.Write(":"u8);
            reader.Read();
            WriteValue(ref reader, output);
            ordered = ordered && (members.Count == 0 || string.CompareOrdinal(members[^1].Name, name) < 0);
            members.Add((name, from, output.WrittenCount));
        }

        if (!ordered)
        {
            Arrange(members, begin, output);
        }

        output.Write("}"u8);
    }

    private static void Arrange(List<(string Name, int From, int To)> members, int begin, ArrayBufferWriter<byte> output)
    {
        var unordered = output.WrittenSpan[begin..].ToArray();
        var before = output.WrittenSpan[..begin].ToArray();
        members.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        output.ResetWrittenCount();
        output.Write(before);
        for (var i = 0; i < members.Count; i++)
        {
            if (i > 0)
            {
                if (members[i].Name == members[i - 1].Name)
                {
                    throw new CanonicalJsonException($"The name '{members[i].Name}' occurs twice in one object.");
                }

                output.Write(","u8);
            }

            output.Write(unordered.AsSpan(members[i].From - begin, members[i].To - members[i].From));
        }
    }

    private static void WriteStringToken(ref Utf8JsonReader reader, ArrayBufferWriter<byte> output)
    {
        if (reader.ValueIsEscaped)
        {
            WriteString(Text(ref reader), output);
            return;
        }

        // Without escapes in it the token has no character that would need one.
        if (!Utf8.IsValid(reader.ValueSpan))
        {
            throw new CanonicalJsonException("A string is not valid UTF-8.");
        }

        output.Write("\""u8);
        output.Write(reader.ValueSpan);
        output.Write("\""u8);
    }

    private static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new CanonicalJsonException("A string is not valid Unicode.", e);
        }
    }

    private static void WriteUtf8(ReadOnlySpan<char> text, ArrayBufferWriter<byte> output)
    {
        if (Utf8.FromUtf16(text, output.GetSpan(text.Length * 3), out _, out var written, replaceInvalidSequences: false) != OperationStatus.Done)
        {
            throw new CanonicalJsonException("A string holds a lone surrogate.");
        }

        output.Advance(written);
    }

    private static void WriteEscape(char c, ArrayBufferWriter<byte> output)
    {
        var escape = c switch
        {
            '"' => "\\\""u8,
            '\\' => "\\\\"u8,
            '\b' => "\\b"u8,
            '\t' => "\\t"u8,
            '\n' => "\\n"u8,
            '\f' => "\\f"u8,
            '\r' => "\\r"u8,
            _ => Encoding.ASCII.GetBytes("\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture)),
        };
        output.Write(escape);
    }
}
