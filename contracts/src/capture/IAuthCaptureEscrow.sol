// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title IAuthCaptureEscrow
/// @notice What an operator needs of the commerce-payments escrow, version 1.1, on which x402's scheme `auth-capture`
/// rests. The escrow holds the money and lets each payment's operator alone move it; after `authorizationExpiry` the
/// payer takes back there what was not captured (`reclaim`), whatever the operator does. Amounts are atomic units.
interface IAuthCaptureEscrow {
    /// @notice A payment: who may do what with how much, until when.
    struct PaymentInfo {
        address operator;
        address payer;
        address receiver;
        address token;
        uint120 maxAmount;
        uint48 preApprovalExpiry;
        uint48 authorizationExpiry;
        uint48 refundExpiry;
        uint16 minFeeBps;
        uint16 maxFeeBps;
        address feeReceiver;
        uint256 salt;
    }

    /// @notice Fetches a payment into the escrow; by its operator.
    /// @param paymentInfo The payment.
    /// @param amount How much.
    /// @param tokenCollector Fetches it.
    /// @param collectorData What that needs: for EIP-3009 the payer's signature.
    function authorize(
        PaymentInfo calldata paymentInfo,
        uint256 amount,
        address tokenCollector,
        bytes calldata collectorData
    ) external;

    /// @notice Pays the receiver; by the operator, before `authorizationExpiry`.
    /// @param paymentInfo The payment.
    /// @param amount How much of what is held.
    /// @param feeAmount How much of that is a fee.
    /// @param feeReceiver Who gets the fee.
    function capture(PaymentInfo calldata paymentInfo, uint256 amount, uint256 feeAmount, address feeReceiver)
        external;

    /// @notice Gives the payer all that is held; by the operator.
    /// @param paymentInfo The payment.
    function void(PaymentInfo calldata paymentInfo) external;

    /// @notice Gives the payer what was captured, out of what the collector brings; by the operator, before
    /// `refundExpiry`.
    /// @param paymentInfo The payment.
    /// @param amount How much.
    /// @param tokenCollector Fetches it.
    /// @param collectorData What that needs.
    function refund(
        PaymentInfo calldata paymentInfo,
        uint256 amount,
        address tokenCollector,
        bytes calldata collectorData
    ) external;

    /// @notice A payment's id.
    /// @param paymentInfo The payment.
    /// @return On this chain, in this escrow.
    function getHash(PaymentInfo calldata paymentInfo) external view returns (bytes32);

    /// @notice How a payment stands.
    /// @param paymentInfoHash Its id.
    /// @return hasCollectedPayment Whether it was ever fetched.
    /// @return capturableAmount Held.
    /// @return refundableAmount Captured and not refunded.
    function paymentState(bytes32 paymentInfoHash)
        external
        view
        returns (bool hasCollectedPayment, uint120 capturableAmount, uint120 refundableAmount);
}
