using System.Globalization;
using System.Text.Json;

namespace Seal.Domain.CertificateKinds;

/// <summary>A JSON value that knows where it stands, so that a message can name line and field.</summary>
internal sealed class LocatedJson
{
    private readonly Dictionary<string, LocatedJson> _members = new(StringComparer.Ordinal);
    private readonly List<LocatedJson> _items = [];
    private readonly string _file;
    private readonly int _line;
    private readonly string _path;
    private readonly JsonTokenType _kind;
    private readonly string _text;

    private LocatedJson(string file, int line, string path, JsonTokenType kind, string text) => (_file, _line, _path, _kind, _text) = (file, line, path, kind, text);

    /// <summary>Reads a file; comments and trailing commas are allowed.</summary>
    /// <exception cref="KindFileException">It is no JSON object, or names one field twice.</exception>
    public static LocatedJson Parse(ReadOnlySpan<byte> json, string file)
    {
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 16 });
            var place = new Place(file);
            reader.Read();
            var root = Value(ref reader, json, place, "");
            reader.Read(); // nothing may follow
            return root._kind == JsonTokenType.StartObject ? root : throw root.Wrong("the file has to be an object { … }");
        }
        catch (JsonException broken)
        {
            throw new KindFileException(string.Create(CultureInfo.InvariantCulture, $"{file}, line {(broken.LineNumber ?? 0) + 1}: this is no JSON. {broken.Message}"), broken);
        }
        catch (InvalidOperationException broken)
        {
            throw new KindFileException($"{file}: a text in it is no UTF-8.", broken);
        }
    }

    /// <summary>What is wrong here.</summary>
    public KindFileException Wrong(string what) => new(string.Create(CultureInfo.InvariantCulture, $"{_file}, line {_line}, {(_path.Length == 0 ? "the file" : _path)}: {what}."));

    /// <summary>Requires that there are no other members than these.</summary>
    public void RequireMembers(params ReadOnlySpan<string> known)
    {
        Require(JsonTokenType.StartObject, "an object { … }");
        foreach (var (name, member) in _members)
        {
            if (!known.Contains(name))
            {
                throw member.Wrong($"there is no such field; known are {string.Join(", ", known.ToArray())}");
            }
        }
    }

    /// <summary>A member that has to be there.</summary>
    public LocatedJson Need(string name) => Find(name) ?? throw Wrong($"the field {name} is missing");

    /// <summary>A member; <c>null</c> when it is not there.</summary>
    public LocatedJson? Find(string name) => _members.GetValueOrDefault(name);

    /// <summary>The members.</summary>
    public IReadOnlyDictionary<string, LocatedJson> Members()
    {
        Require(JsonTokenType.StartObject, "an object { … }");
        return _members;
    }

    /// <summary>The items of a list.</summary>
    public IReadOnlyList<LocatedJson> Items()
    {
        Require(JsonTokenType.StartArray, "a list [ … ]");
        return _items;
    }

    /// <summary>A text of 1 to <paramref name="longest"/> characters.</summary>
    public string Text(int longest = 200)
    {
        Require(JsonTokenType.String, "a text");
        return _text.Length is > 0 && _text.Length <= longest && !_text.Any(char.IsControl)
            ? _text
            : throw Wrong($"the text must have 1 to {longest} characters, and no control characters");
    }

    /// <summary>A whole number within limits.</summary>
    public int Number(int least, int most)
    {
        Require(JsonTokenType.Number, "a number");
        return int.TryParse(_text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Wrong(string.Create(CultureInfo.InvariantCulture, $"{_text} is no whole number from {least} to {most}"));
    }

    /// <summary>Yes or no.</summary>
    public bool Flag() => _kind is JsonTokenType.True or JsonTokenType.False ? _kind == JsonTokenType.True : throw Wrong("this has to be true or false");

    private void Require(JsonTokenType kind, string called)
    {
        if (_kind != kind)
        {
            throw Wrong($"this has to be {called}");
        }
    }

    private static LocatedJson Value(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, Place place, string path)
    {
        var text = reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString()!,
            JsonTokenType.Number => System.Text.Encoding.ASCII.GetString(reader.ValueSpan),
            _ => "",
        };
        var value = new LocatedJson(place.File, place.LineOf(json, reader.TokenStartIndex), path, reader.TokenType, text);
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            value.ReadMembers(ref reader, json, place);
        }
        else if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                value._items.Add(Value(ref reader, json, place, string.Create(CultureInfo.InvariantCulture, $"{path}[{value._items.Count}]")));
            }
        }

        return value;
    }

    private void ReadMembers(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, Place place)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            reader.Read();
            var member = Value(ref reader, json, place, _path.Length == 0 ? name : $"{_path}.{name}");
            if (!_members.TryAdd(name, member))
            {
                throw member.Wrong("the field stands here twice");
            }
        }
    }

    // Lines are counted on from the last place asked for: places are asked for in order.
    private sealed class Place(string file)
    {
        private int _line = 1;
        private int _counted;

        public string File => file;

        public int LineOf(ReadOnlySpan<byte> json, long index)
        {
            _line += json[_counted..(int)index].Count((byte)'\n');
            _counted = (int)index;
            return _line;
        }
    }
}
