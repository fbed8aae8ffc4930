using System.Globalization;
using Seal.Ledger;
using Seal.Service.Problems;

namespace Seal.Service.Views;

/// <summary>Reads query parameters strictly: an unknown one is as wrong as a malformed one.</summary>
public sealed class QueryParameters
{
    private readonly IQueryCollection _query;

    /// <summary>Takes a request's parameters.</summary>
    /// <exception cref="ProblemException">One of them is not among those known.</exception>
    public QueryParameters(HttpRequest request, params IReadOnlyCollection<string> known)
    {
        ArgumentNullException.ThrowIfNull(request);
        _query = request.Query;
        if (_query.FirstOrDefault(parameter => !known.Contains(parameter.Key) || parameter.Value.Count > 1).Key is { } wrong)
        {
            throw new ProblemException(RequestProblems.InvalidParameter(wrong));
        }
    }

    /// <summary>A text; <c>null</c> when it is not given.</summary>
    public string? Text(string name) => _query.TryGetValue(name, out var value)
        ? value is [{ Length: > 0 and <= 200 } text] && !text.Any(char.IsControl) ? text : throw new ProblemException(RequestProblems.InvalidParameter(name))
        : null;

    /// <summary>A text of a kind; <c>null</c> when it is not given.</summary>
    public string? Text(string name, Predicate<string> isOfTheKind)
    {
        ArgumentNullException.ThrowIfNull(isOfTheKind);
        var text = Text(name);
        return text is null || isOfTheKind(text) ? text : throw new ProblemException(RequestProblems.InvalidParameter(name));
    }

    /// <summary>A number from <paramref name="least"/>.</summary>
    public long? Number(string name, long least = 0) => Text(name) is { } text
        ? long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least
            ? number
            : throw new ProblemException(RequestProblems.InvalidParameter(name))
        : null;

    /// <summary>A whole number in a range, its ends included; a minus may lead it.</summary>
    public int? Whole(string name, int least, int most) => Text(name) is { } text
        ? int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new ProblemException(RequestProblems.InvalidParameter(name))
        : null;

    /// <summary>A time, RFC 3339 with an offset: without one, nobody knows which moment is meant.</summary>
    public DateTimeOffset? Time(string name) => Text(name) is { } text
        ? DateTimeOffset.TryParseExact(
            text, ["yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            && (text[^1] == 'Z' || text[^6] is '+' or '-')
            ? time.ToUniversalTime()
            : throw new ProblemException(RequestProblems.InvalidParameter(name))
        : null;

    /// <summary>Up to where the past is read: <c>version</c> or <c>at</c>, at most one of them.</summary>
    public ReadUntil Until() => (Number("version", 1), Time("at")) switch
    {
        (null, null) => ReadUntil.All,
        ({ } version, null) => ReadUntil.Version(version),
        (null, { } time) => ReadUntil.Time(time),
        _ => throw new ProblemException(RequestProblems.InvalidParameter("at")),
    };

    /// <summary>How many items a page shall have at most: <c>limit</c>.</summary>
    public int Limit() => Number("limit", 1) switch
    {
        null => 50,
        <= 200 and var limit => (int)limit,
        _ => throw new ProblemException(RequestProblems.InvalidParameter("limit")),
    };
}
