// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAuthCaptureEscrow} from "./IAuthCaptureEscrow.sol";

/// @title ICaptureOperator
/// @notice An operator for the commerce-payments escrow under which a paid call can be disputed. Its life:
///
/// - `authorize` fetches the payment, whoever sends it, and whole.
/// - For `freezeWindow` seconds the payer may `freeze` it. Then, if it did not, the receiver may `capture`; the payer
///   may let it do so earlier by capturing itself.
/// - What is frozen waits for the arbiter's `rule`, which comes once: so much to the receiver, the rest to the payer.
/// - Either side may give in: the payer by capturing for the receiver, the receiver by `void`, which gives back what is
///   held. What it captured it may `refund`, as long as the escrow lets it.
/// - After `authorizationExpiry` the payer takes back at the escrow what was never captured: an arbiter that says
///   nothing decides for the payer. `authorize` sees to it that the arbiter has `rulingTime` at least.
///
/// There is no owner, no fee and no `charge`: a payment that is captured as it is fetched could not be disputed.
interface ICaptureOperator {
    /// @notice A payment was fetched; it may be frozen until `freezableUntil`.
    event Held(
        bytes32 indexed paymentInfoHash,
        address indexed payer,
        address indexed receiver,
        uint256 freezableUntil
    );
    /// @notice The payer disputes a payment.
    event Frozen(bytes32 indexed paymentInfoHash, address indexed payer);
    /// @notice The arbiter has decided.
    event Ruled(bytes32 indexed paymentInfoHash, uint256 toReceiver, uint256 toPayer);

    /// @notice The escrow, the collector or the arbiter is 0, the windows are 0 or more than a year.
    error InvalidTerms();
    /// @notice Less than all that was signed for would be fetched.
    error NotWhole();
    /// @notice The payment provides for a fee.
    error FeeNotTaken();
    /// @notice Between fetching and expiry there is no time to freeze and to rule.
    error ExpiresTooSoon();
    /// @notice The payment was not fetched by this operator.
    error NotHeld();
    /// @notice The caller may not do this.
    error NotAllowed();
    /// @notice The payer may still freeze it.
    error StillFreezable();
    /// @notice The payer may not freeze it any more.
    error NotFreezable();
    /// @notice It is frozen: the arbiter decides.
    error IsFrozen();
    /// @notice It is not frozen: there is nothing to decide.
    error IsNotFrozen();
    /// @notice The signature is not the payer's.
    error InvalidSignature();

    /// @notice Fetches a payment; by anyone, as its payer has signed for it.
    /// @param paymentInfo The payment.
    /// @param amount Its `maxAmount`.
    /// @param tokenCollector One of the escrow's collectors.
    /// @param collectorData What that needs.
    function authorize(
        IAuthCaptureEscrow.PaymentInfo calldata paymentInfo,
        uint256 amount,
        address tokenCollector,
        bytes calldata collectorData
    ) external;

    /// @notice Disputes a payment; by its payer, within the window.
    /// @param paymentInfo The payment.
    function freeze(IAuthCaptureEscrow.PaymentInfo calldata paymentInfo) external;

    /// @notice As `freeze`, for a payer that has no gas.
    /// @param paymentInfo The payment.
    /// @param signature The payer's over `freezeDigest`: its key's, or what its contract accepts.
    function freezeWithSignature(
        IAuthCaptureEscrow.PaymentInfo calldata paymentInfo,
        bytes calldata signature
    ) external;

    /// @notice Pays the receiver; by the receiver after the window, by the payer at once.
    /// @param paymentInfo The payment.
    /// @param amount How much of what is held.
    function capture(IAuthCaptureEscrow.PaymentInfo calldata paymentInfo, uint256 amount) external;

    /// @notice Gives the payer what is held; by the receiver.
    /// @param paymentInfo The payment.
    function void(IAuthCaptureEscrow.PaymentInfo calldata paymentInfo) external;

    /// @notice Decides a dispute: the receiver gets so much, and the payer the rest of what is held; by the arbiter.
    /// @param paymentInfo The payment.
    /// @param toReceiver From nothing to what is held.
    function rule(IAuthCaptureEscrow.PaymentInfo calldata paymentInfo, uint256 toReceiver) external;

    /// @notice Gives the payer what was captured; by the receiver, who has approved this contract for it.
    /// @param paymentInfo The payment.
    /// @param amount How much.
    function refund(IAuthCaptureEscrow.PaymentInfo calldata paymentInfo, uint256 amount) external;

    /// @notice What a payer signs to freeze a payment.
    /// @param paymentInfoHash The payment's id in the escrow.
    /// @return The EIP-712 digest.
    function freezeDigest(bytes32 paymentInfoHash) external view returns (bytes32);

    /// @notice What became of a payment here.
    /// @param paymentInfoHash The payment's id in the escrow.
    /// @return freezableUntil Second from which on it cannot be frozen; 0 where it was never fetched.
    /// @return frozen Whether it was frozen.
    /// @return ruled Whether the arbiter has decided.
    function holds(bytes32 paymentInfoHash)
        external
        view
        returns (uint48 freezableUntil, bool frozen, bool ruled);
}
