using System.Globalization;
using System.Text.RegularExpressions;

namespace Seal.EventModel.Tests.Model;

/// <summary>A period as the model writes it (ISO 8601: <c>P1Y</c>, <c>P11M</c>, <c>P3D</c>, <c>PT5M</c>, <c>-P1D</c>), by the calendar.</summary>
public static partial class CalendarPeriod
{
    /// <summary>Whether a text is a period.</summary>
    public static bool Is(string text) => Form().IsMatch(text);

    /// <summary>The time that lies the period after (or, with a minus, before) another.</summary>
    public static DateTimeOffset After(DateTimeOffset time, string period)
    {
        var parts = Form().Match(period);
        int Part(string name) =>
            parts.Groups[name].Success ? (period[0] == '-' ? -1 : 1) * int.Parse(parts.Groups[name].ValueSpan, CultureInfo.InvariantCulture) : 0;

        return parts.Success
            ? time.AddYears(Part("years")).AddMonths(Part("months")).AddDays(Part("days"))
                .AddHours(Part("hours")).AddMinutes(Part("minutes")).AddSeconds(Part("seconds"))
            : throw new FormatException($"'{period}' is not a period.");
    }

    [GeneratedRegex(@"^-?P(?=[\dT])((?<years>\d+)Y)?((?<months>\d+)M)?((?<days>\d+)D)?(T((?<hours>\d+)H)?((?<minutes>\d+)M)?((?<seconds>\d+)S)?)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
