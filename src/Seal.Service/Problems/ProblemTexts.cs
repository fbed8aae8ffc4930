using System.Collections.Frozen;
using System.Text.Json;

namespace Seal.Service.Problems;

/// <summary>What a problem says in one language: what is wrong, and how to mend it.</summary>
/// <param name="Title">What is wrong.</param>
/// <param name="Remedy">How to mend it.</param>
public sealed record ProblemText(string Title, string Remedy);

/// <summary>The sentences of all problems, Chinese and English, from <c>ProblemTexts.json</c>.</summary>
public static class ProblemTexts
{
    /// <summary>The languages there are, the default first.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["en", "zh"];

    private static readonly FrozenDictionary<string, FrozenDictionary<string, ProblemText>> Texts = Load();

    /// <summary>All codes that have sentences.</summary>
    public static IReadOnlyCollection<string> Codes => Texts.Keys;

    /// <summary>The sentences of a code in a language (<c>en</c> or <c>zh</c>).</summary>
    /// <exception cref="KeyNotFoundException">There are none: a defect that the tests find.</exception>
    public static ProblemText Get(string code, string language) => Texts[code][language];

    /// <summary>The language of an <c>Accept-Language</c> header: Chinese when it is wanted before English.</summary>
    public static string LanguageOf(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var wanted = request.GetTypedHeaders().AcceptLanguage
            .Where(language => language.Quality != 0)
            .OrderByDescending(language => language.Quality ?? 1)
            .Select(language => language.Value.ToString().Split('-')[0].ToLowerInvariant())
            .FirstOrDefault(language => Languages.Contains(language));
        return wanted ?? Languages[0];
    }

    private static FrozenDictionary<string, FrozenDictionary<string, ProblemText>> Load()
    {
        using var stream = typeof(ProblemTexts).Assembly.GetManifestResourceStream("ProblemTexts.json")
            ?? throw new InvalidOperationException("ProblemTexts.json is not in the assembly.");
        var texts = JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, ProblemText>>>(stream, JsonSerializerOptions.Web)!;
        return texts.ToFrozenDictionary(text => text.Key, text => text.Value.ToFrozenDictionary());
    }
}
