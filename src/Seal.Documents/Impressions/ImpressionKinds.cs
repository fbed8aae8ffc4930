namespace Seal.Documents.Impressions;

/// <summary>
/// The customary designs by kind of seal. Measures: 国发〔1999〕25号 (star, text along the arc from left to right), the tax
/// rule for invoice seals (oval 40 × 30, border 1), and company practice, which is local and varies; all can be changed by <c>with</c>.
/// </summary>
public static class ImpressionKinds
{
    /// <summary>法定名称章: circle of 40 mm (42 for companies limited by shares and state-owned ones), border 1.2, star 14 (less on seals below 40), the name along the arc.</summary>
    public static ImpressionDesign LegalName(string organisation, string? code = null, double diameterMm = 40) => new()
    {
        Shape = ImpressionShape.Circle,
        WidthMm = diameterMm,
        HeightMm = diameterMm,
        BorderMm = 1.2,
        ArcText = organisation,
        CentreMark = CentreMark.FivePointStar,
        StarMm = Math.Min(14, diameterMm * 0.35),
        Code = code,
    };

    /// <summary>财务专用章: circle of 38 mm with a star and the line 财务专用章.</summary>
    public static ImpressionDesign Finance(string organisation, string? code = null) =>
        Business(organisation, "财务专用章", code);

    /// <summary>合同专用章: circle of 38 mm with a star and the line 合同专用章.</summary>
    public static ImpressionDesign Contract(string organisation, string? code = null) =>
        Business(organisation, "合同专用章", code);

    /// <summary>业务专用章: circle of 38 mm with a star and a line that names the business, such as 报关专用章.</summary>
    public static ImpressionDesign Business(string organisation, string purpose, string? code = null) => new()
    {
        Shape = ImpressionShape.Circle,
        WidthMm = 38,
        HeightMm = 38,
        BorderMm = 1,
        ArcText = organisation,
        CentreMark = CentreMark.FivePointStar,
        StarMm = 12,
        BottomText = purpose,
        Code = code,
    };

    /// <summary>发票专用章: oval of 40 × 30 mm, border 1, the tax number (18 characters) in the centre.</summary>
    public static ImpressionDesign Invoice(string organisation, string taxNumber, string? code = null) => new()
    {
        Shape = ImpressionShape.Oval,
        WidthMm = 40,
        HeightMm = 30,
        BorderMm = 1,
        ArcText = organisation,
        CentreText = taxNumber,
        BottomText = "发票专用章",
        Code = code,
    };

    /// <summary>法定代表人名章: square of 18–25 mm with the name, read in columns from the right.</summary>
    public static ImpressionDesign LegalRepresentative(string name, double sideMm = 20) => new()
    {
        Shape = ImpressionShape.Square,
        WidthMm = sideMm,
        HeightMm = sideMm,
        BorderMm = 1,
        CentreText = name,
    };

    /// <summary>个人名章: square of 18 mm with the name, finer border.</summary>
    public static ImpressionDesign PersonalName(string name, double sideMm = 18) =>
        LegalRepresentative(name, sideMm) with { BorderMm = 0.8 };
}
