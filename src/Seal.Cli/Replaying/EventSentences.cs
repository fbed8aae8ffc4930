using System.Collections.Frozen;
using Seal.Domain.Applications;
using Seal.Domain.Apps;
using Seal.Domain.CertificateOrders;
using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Inquiries;
using Seal.Domain.Issuers;
using Seal.Domain.MasterKeys;
using Seal.Domain.Organisations;
using Seal.Domain.Persons;
using Seal.Domain.Seals;
using Seal.Domain.Signings;
using static Seal.Cli.Replaying.Terms;

namespace Seal.Cli.Replaying;

/// <summary>What each event says, as a sentence. An event that is not here cannot be told: the tests see to it that there is none.</summary>
internal static class EventSentences
{
    private static readonly FrozenDictionary<Type, Func<IEvent, Told>> Sentences = new Dictionary<Type, Func<IEvent, Told>>()
        .With<ApplicationSubmitted>(e => new($"提交申请，申请 {e.Seals.Count} 枚印章：{Names(e.Seals, "、")}。", $"An application for {e.Seals.Count} seals was handed in: {Names(e.Seals, ", ")}."))
        .With<ApplicationEntitled>(e => new($"新登记企业免申请获批 {e.Seals.Count} 枚印章：{Names(e.Seals, "、")}。", $"A newly registered organisation was granted {e.Seals.Count} seals without applying: {Names(e.Seals, ", ")}."))
        .With<ApplicationReturned>(_ => new("申请被退回补正。", "The application was returned to be mended."))
        .With<ApplicationResubmitted>(e => e.Seals is { } seals
            ? new($"重新提交申请，改为 {seals.Count} 枚印章：{Names(seals, "、")}。", $"The application was handed in again, now for {seals.Count} seals: {Names(seals, ", ")}.")
            : new("重新提交申请，内容不变。", "The application was handed in again as it was."))
        .With<ApplicationApproved>(_ => new("申请获批。", "The application was approved."))
        .With<ApplicationRejected>(_ => new("申请被驳回。", "The application was rejected."))
        .With<ApplicationWithdrawn>(_ => new("申请被撤回。", "The application was withdrawn."))
        .With<SealApplied>(e => new($"申请{Kind(e.Kind).Zh}“{e.Name}”。", $"The {Kind(e.Kind).En} “{e.Name}” was asked for."))
        .With<SealApproved>(_ => new("准予制作该印章。", "The seal may be made."))
        .With<SealDropped>(_ => new("该印章不再申请，名称已释放。", "The seal is asked for no more; its name is free again."))
        .With<SealMade>(e => new(
            $"印章制作完成：编码 {e.Code}，{Millimetres(e.WidthMm)}×{Millimetres(e.HeightMm)} 毫米，有效期 {Time(e.ValidFrom)} 至 {Time(e.ValidUntil)}。",
            $"The seal was made: code {e.Code}, {Millimetres(e.WidthMm)} × {Millimetres(e.HeightMm)} mm, valid from {Time(e.ValidFrom)} to {Time(e.ValidUntil)}."))
        .With<SealFiled>(e => new($"印章已备案，备案号 {e.FilingNumber}。", $"The seal was put on record under {e.FilingNumber}."))
        .With<SealIssued>(_ => new("印章已签发，等待领取。", "The seal was issued and waits to be claimed."))
        .With<SealActivated>(_ => new("印章启用，可以盖章。", "The seal came into use."))
        .With<EditionMade>(e => new($"制作第 {e.Number} 版印章数据，列有 {e.Signers.Count} 张签名证书。", $"Edition {e.Number} of the seal data was made; it lists {e.Signers.Count} signer certificates."))
        .With<SignerRemoved>(e => new($"持章关系 {e.Holding} 的签名证书移出印章数据。", $"The signer certificate of the holding {e.Holding} was taken off the list."))
        .With<SealFrozen>(e => new(
            e.ByAuthority ? $"印章被主管部门冻结{(e.Order is { } order ? $"，文号 {order}" : "")}。" : "印章被冻结。",
            e.ByAuthority ? $"The seal was frozen by an authority{(e.Order is { } number ? $", order {number}" : "")}." : "The seal was frozen."))
        .With<FreezeLifted>(_ => new("印章解除冻结。", "The freeze was lifted."))
        .With<SealRenewed>(e => new($"印章续期至 {Time(e.ValidUntil)}。", $"The seal was renewed until {Time(e.ValidUntil)}."))
        .With<SealRevoked>(e => new(e.ByAuthority ? "印章被主管部门注销。" : "印章被注销。", e.ByAuthority ? "The seal was revoked by an authority." : "The seal was revoked."))
        .With<HoldingOffered>(e => new($"授权 {e.Person} 持章，{Time(e.From)} 至 {Time(e.Until)}。", $"{e.Person} was authorised to hold the seal from {Time(e.From)} to {Time(e.Until)}."))
        .With<HoldingClaimed>(e => new($"印章被领取：设备 {e.Device}，算法 {Algorithm(e.Algorithm)}，证书 {e.Certificate}。", $"The seal was claimed: device {e.Device}, algorithm {Algorithm(e.Algorithm)}, certificate {e.Certificate}."))
        .With<PinChanged>(_ => new("持章人修改了 PIN。", "The holder changed the PIN."))
        .With<HoldingRekeyed>(e => new($"持章人重置 PIN，换发新密钥和证书 {e.Certificate}。", $"The holder reset the PIN and got a new key and the certificate {e.Certificate}."))
        .With<HoldingRenewed>(e => new($"持章续期至 {Time(e.Until)}，换发证书 {e.Certificate}。", $"The holding was renewed until {Time(e.Until)} with the certificate {e.Certificate}."))
        .With<UkeyBound>(e => new(
            $"绑定 Ukey：型号 {e.Model}，序列号 {e.SerialNumber}，算法 {Algorithm(e.Algorithm)}，证书 {e.Certificate}。",
            $"A Ukey was bound: model {e.Model}, serial number {e.SerialNumber}, algorithm {Algorithm(e.Algorithm)}, certificate {e.Certificate}."))
        .With<SealGranted>(e => new($"授权接入应用 {e.App} 使用该印章，至 {Time(e.Until)}。", $"The app {e.App} was granted the seal until {Time(e.Until)}."))
        .With<AppRegistered>(e => new($"登记接入应用“{e.Name}”。", $"The app “{e.Name}” was registered."))
        .With<UkeyUnbound>(e => new(e.Lost ? "Ukey 挂失并解绑。" : "Ukey 已解绑。", e.Lost ? "The Ukey was reported lost and taken off." : "The Ukey was taken off."))
        .With<TokenBound>(e => new($"该 Ukey 绑定到持章关系 {e.Holding}。", $"The token was bound to the holding {e.Holding}."))
        .With<TokenUnbound>(e => new($"该 Ukey 与持章关系 {e.Holding} 解绑。", $"The token was taken off the holding {e.Holding}."))
        .With<HoldingWithdrawn>(_ => new("持章授权被撤销。", "The authorisation to hold the seal was withdrawn."))
        .With<PinFailed>(e => new($"PIN 输入错误，还可尝试 {e.Left} 次。", $"A wrong PIN was given; {e.Left} attempts are left."))
        .With<PinLocked>(_ => new("PIN 已锁定。", "The PIN was locked."))
        .With<PinCleared>(_ => new("PIN 输入正确，错误次数清零。", "The right PIN was given; earlier wrong ones count no more."))
        .With<PinReset>(_ => new("PIN 已重置。", "The PIN was reset."))
        .With<CertificateIssued>(e => new($"为 {e.Person} 签发证书（{Algorithm(e.Algorithm)}），有效期至 {Time(e.NotAfter)}。", $"A certificate ({Algorithm(e.Algorithm)}) was issued to {e.Person}, valid until {Time(e.NotAfter)}."))
        .With<CertificateGranted>(e => new(
            $"按订单 {e.Order} 签发{Kind(e.Kind).Zh}（{Algorithm(e.Algorithm)}），签发机构 {e.Authority}，有效期至 {Time(e.NotAfter)}。",
            $"The {Kind(e.Kind).En} ({Algorithm(e.Algorithm)}) of the order {e.Order} was issued by {e.Authority}, valid until {Time(e.NotAfter)}."))
        .With<EncryptionCertificateGranted>(e => new(
            $"按订单 {e.Order} 签发与签名证书 {e.Signing} 成对的加密证书（{Algorithm(e.Algorithm)}），有效期至 {Time(e.NotAfter)}。",
            $"The encryption certificate ({Algorithm(e.Algorithm)}) beside the signing certificate {e.Signing} of the order {e.Order} was issued, valid until {Time(e.NotAfter)}."))
        .With<EncryptionKeyRecovered>(e => new($"该加密证书的私钥随订单 {e.Order} 重新交付，由签名证书 {e.Signing} 的密钥保护。", $"The key of this encryption certificate was handed over anew with the order {e.Order}, under the key of the signing certificate {e.Signing}."))
        .With<CertificateOrderSubmitted>(e => new(
            $"提交证书业务申请：{Business(e.Business).Zh}，{Kind(e.Kind).Zh}，签发机构 {e.Authority}，应于 {Time(e.ReviewBy)} 前审核。",
            $"A {Kind(e.Kind).En} was ordered from {e.Authority} ({Business(e.Business).En}), to be reviewed by {Time(e.ReviewBy)}."))
        .With<CertificateOrderResubmitted>(e => new($"重新提交证书业务申请，应于 {Time(e.ReviewBy)} 前审核。", $"The order was handed in again, to be reviewed by {Time(e.ReviewBy)}."))
        .With<CertificateOrderReturned>(_ => new("证书业务申请被退回补正。", "The order was returned to be mended."))
        .With<CertificateOrderApproved>(e => new($"证书业务申请审核通过，应于 {Time(e.DeliverBy)} 前办结。", $"The order was approved, to be delivered by {Time(e.DeliverBy)}."))
        .With<CertificateOrderRejected>(_ => new("证书业务申请未通过。", "The order was rejected."))
        .With<CertificateOrderWithdrawn>(_ => new("证书业务申请被撤回。", "The order was withdrawn."))
        .With<CertificateOrderIssued>(e => new($"证书 {e.Certificate} 已签发。", $"The certificate {e.Certificate} was issued."))
        .With<CertificateOrderDelivered>(e => new($"证书已交付{(e.Consignment is { } parcel ? $"，运单号 {parcel}" : "")}。", $"The certificate was delivered{(e.Consignment is { } number ? $", consignment {number}" : "")}."))
        .With<MediumUnlocked>(_ => new("介质已解锁。", "The medium was unlocked."))
        .With<CertificateRenewed>(e => new($"证书由 {e.Successor} 接替。", $"The certificate was succeeded by {e.Successor}."))
        .With<CertificateSuspended>(e => new(e.ByOfficer ? "证书被 CA 人员暂停使用。" : "证书被暂停使用。", e.ByOfficer ? "The certificate was suspended by an officer of the authority." : "The certificate was suspended."))
        .With<CertificateReinstated>(_ => new("证书恢复使用。", "The certificate was reinstated."))
        .With<CertificateRevoked>(e => new($"证书被吊销：{Revocation(e.Reason).Zh}。", $"The certificate was revoked: {Revocation(e.Reason).En}."))
        .With<AuthorityConfirmed>(e => new($"外部签发机构已确认证书状态：{Standing(e.Status).Zh}。", $"The outside authority has confirmed that the certificate is {Standing(e.Status).En}."))
        .With<AuthorityDeclined>(e => new($"外部签发机构不接受证书状态（{Standing(e.Status).Zh}）：{e.Said}。", $"The outside authority declined to have the certificate {Standing(e.Status).En}: {e.Said}."))
        .With<AuthorityNotReached>(e => new(
            $"未能将证书状态（{Standing(e.Status).Zh}）告知外部签发机构：{e.Said}；{Time(e.RetryAt)} 起重试。",
            $"The outside authority could not be told that the certificate is {Standing(e.Status).En}: {e.Said}; it is tried again from {Time(e.RetryAt)} on."))
        .With<SigningRequested>(e => new($"{e.Person} 申请在文件 {e.DocumentDigest} 第 {e.Page} 页盖章。", $"{e.Person} asked to seal page {e.Page} of the document {e.DocumentDigest}."))
        .With<DeviceSigningRequested>(e => new($"{e.Person} 申请用 Ukey 在文件 {e.DocumentDigest} 第 {e.Page} 页盖章。", $"{e.Person} asked to seal page {e.Page} of the document {e.DocumentDigest} with a Ukey."))
        .With<SigningPrepared>(e => new($"待签数据已生成，等待 Ukey 签名（证书 {e.Certificate}），{Time(e.ExpiresAt)} 前有效。", $"What the Ukey has to sign was prepared (certificate {e.Certificate}); it may answer until {Time(e.ExpiresAt)}."))
        .With<SigningSealed>(e => new($"盖章完成（印章数据第 {e.Edition} 版，证书 {e.Certificate}），盖章后文件 {e.SealedDigest}。", $"The document was sealed (edition {e.Edition}, certificate {e.Certificate}); it is now {e.SealedDigest}."))
        .With<SigningEvidenceRenewed>(e => new(
            $"{e.By} 更新文件 {e.DocumentDigest} 的验证资料{(e.Complete ? "" : "（部分证书无吊销状态）")}，时间戳 {Time(e.StampedAt)}，更新后文件 {e.RenewedDigest}。",
            $"{e.By} had the evidence in the document {e.DocumentDigest} renewed{(e.Complete ? "" : " (some revocation states were not to be had)")}, stamped {Time(e.StampedAt)}; it is now {e.RenewedDigest}."))
        .With<SigningDeclined>(e => new($"拒绝盖章：{e.Code}{(e.Stage == DeclineStage.Append ? "（签名后、记账时发现，签名已销毁）" : "")}。", $"Sealing was refused: {e.Code}{(e.Stage == DeclineStage.Append ? " (found when it was to be recorded; the signature was destroyed)" : "")}."))
        .With<SigningFailed>(e => new($"盖章未完成：{e.Code}。", $"Sealing failed: {e.Code}."))
        .With<OrganisationRegistered>(e => new($"登记{Kind(e.Kind).Zh} {e.Name}（{e.Uscc}），法定代表人 {e.LegalRepresentative}。", $"The {Kind(e.Kind).En} {e.Name} ({e.Uscc}) was registered; its legal representative is {e.LegalRepresentative}."))
        .With<ManagerAppointed>(e => new($"任命 {e.Person} 为印章管理员，至 {Time(e.Until)}。", $"{e.Person} was appointed seal manager until {Time(e.Until)}."))
        .With<ManagerDismissed>(e => new($"免去 {e.Person} 的印章管理员。", $"{e.Person} was dismissed as seal manager."))
        .With<PersonRegistered>(_ => new("登记一名人员。", "A person was registered."))
        .With<PersonErasureBegun>(_ => new("开始删除该人员的个人信息。", "The erasure of a person's data was begun."))
        .With<PersonErasureStopped>(_ => new("停止删除该人员的个人信息。", "The erasure of a person's data was stopped."))
        .With<PersonErased>(_ => new("该人员的个人信息已删除。", "A person's data was erased."))
        .With<PersonExported>(_ => new("该人员的个人信息已导出。", "A person's data was handed out."))
        .With<ProofSpent>(e => new($"{e.Person} 的身份核验用于 {e.Command}。", $"A proof of person of {e.Person} was spent on {e.Command}."))
        .With<NameTaken>(e => new($"名称或编码由 {e.By} 占用。", $"The name or code was taken by {e.By}."))
        .With<NameReleased>(_ => new("名称或编码已释放。", "The name or code was set free."))
        .With<InquiryMade>(e => new($"{e.By} 依职权查阅：{Subject(e.Inquiry.What)}。", $"{e.By} looked by office at: {Subject(e.Inquiry.What)}."))
        .With<IssuerRolled>(e => new(
            $"启用新的签发机构 {e.Name}{(e.CrossDigest is null ? "" : $"及新的根 {e.RootName}")}，有效期至 {Time(e.NotAfter)}。",
            $"The authority {e.Name} issues from now on{(e.CrossDigest is null ? "" : $", under the new root {e.RootName}")}, until {Time(e.NotAfter)}."))
        .With<IssuerRevocationOrdered>(e => new($"{e.By} 提请吊销第 {e.Generation} 代签发机构：{Revocation(e.Reason).Zh}；{Time(e.Until)} 前须由他人执行。", $"{e.By} ordered that the issuing authority of generation {e.Generation} be revoked ({Revocation(e.Reason).En}); another has to carry it out before {Time(e.Until)}."))
        .With<IssuerRevoked>(e => new($"第 {e.Generation} 代签发机构被其根吊销：{Revocation(e.Reason).Zh}，由 {e.By} 执行。", $"The issuing authority of generation {e.Generation} was revoked by its root ({Revocation(e.Reason).En}); {e.By} carried it out."))
        .With<MasterKeyRotated>(_ => new("保险库启用新的主密钥。", "The vault was given a new master key."))
        .With<MasterKeyDestroyed>(_ => new("保险库的旧主密钥已销毁。", "A former master key of the vault was destroyed."))
        .ToFrozenDictionary();

    /// <summary>The events that can be told.</summary>
    public static IReadOnlyCollection<Type> Known => Sentences.Keys;

    /// <summary>The sentence of an event.</summary>
    public static Told Of(IEvent happened) => Sentences.TryGetValue(happened.GetType(), out var sentence)
        ? sentence(happened)
        : new($"发生了 {EventCatalog.WireNameOf(happened)}。", $"{EventCatalog.WireNameOf(happened)} happened.");

    private static Dictionary<Type, Func<IEvent, Told>> With<TEvent>(this Dictionary<Type, Func<IEvent, Told>> sentences, Func<TEvent, Told> sentence) where TEvent : IEvent
    {
        sentences.Add(typeof(TEvent), happened => sentence((TEvent)happened));
        return sentences;
    }

    private static string Names(IEnumerable<RequestedSeal> seals, string between) => string.Join(between, seals.Select(seal => seal.Name));
}
