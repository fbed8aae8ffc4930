using Seal.Documents.Impressions;

namespace Seal.Documents.Tests.Impressions;

internal static class Samples
{
    public static FontOutlines Song { get; } = FontOutlines.FindSong();

    public static ImpressionDesign LegalName { get; } = ImpressionKinds.LegalName("深圳市腾云科技有限公司", "4403051234567");

    public static ImpressionDesign Invoice { get; } = ImpressionKinds.Invoice("深圳市腾云科技有限公司", "9144030071526726XG");

    public static TheoryData<string, ImpressionDesign> All { get; } = new()
    {
        { "legal name", LegalName },
        { "legal name of 4", ImpressionKinds.LegalName("海天公司") },
        { "legal name of 31", ImpressionKinds.LegalName("中国石油化工集团有限公司广东省深圳市南山区第一分公司工会委员会") },
        { "finance", ImpressionKinds.Finance("浙江省电子印章（集团）股份有限公司") },
        { "contract without star", ImpressionKinds.Contract("杭州云起有限公司") with { CentreMark = CentreMark.None } },
        { "business with Latin letters", ImpressionKinds.Business("ABB（中国）有限公司", "报关专用章") },
        { "contract of 31 with code", ImpressionKinds.Contract("中国石油化工集团有限公司广东省深圳市南山区第一分公司工会委员会", "4403051234567") },
        { "line in the centre", ImpressionKinds.Contract("杭州云起有限公司") with { CentreMark = CentreMark.None, CentreText = "（1）" } },
        { "invoice", Invoice },
        { "invoice of 22 with code", ImpressionKinds.Invoice("北京中关村科学城创新发展有限公司第二分公司", "91110000802100433B", "1101081234567") },
        { "invoice of 2", ImpressionKinds.Invoice("海天", "91110000802100433B") },
        { "legal representative of 2", ImpressionKinds.LegalRepresentative("王芳") },
        { "legal representative of 3", ImpressionKinds.LegalRepresentative("李建国") },
        { "personal name of 8", ImpressionKinds.PersonalName("阿卜杜拉·买买提") },
        { "personal name in Latin letters", ImpressionKinds.PersonalName("John Smith") },
    };

    public static Picture Draw(this ImpressionDesign design) => design.Draw(Song);
}
