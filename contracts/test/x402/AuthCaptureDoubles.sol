// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IAuthCaptureEscrow} from "../../src/capture/IAuthCaptureEscrow.sol";
import {IEIP3009} from "../../src/token/IEIP3009.sol";

/// @notice Brings money to the escrow.
interface ITokenCollector {
    enum CollectorType {
        Payment,
        Refund
    }

    function collectorType() external view returns (CollectorType);
    function collectTokens(
        IAuthCaptureEscrow.PaymentInfo calldata paymentInfo,
        address tokenStore,
        uint256 amount,
        bytes calldata collectorData
    ) external;
}

/// @notice The commerce-payments escrow, version 1.1, written from its documentation and ABI. It stands at one address
/// on every chain and is not ours to ship. The original keeps the money of each operator apart; this one keeps all.
contract AuthCaptureEscrowDouble is IAuthCaptureEscrow, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    bytes32 private constant _TYPE = keccak256(
        "PaymentInfo(address operator,address payer,address receiver,address token,uint120 maxAmount,uint48 preApprovalExpiry,uint48 authorizationExpiry,uint48 refundExpiry,uint16 minFeeBps,uint16 maxFeeBps,address feeReceiver,uint256 salt)"
    );

    struct PaymentState {
        bool hasCollectedPayment;
        uint120 capturableAmount;
        uint120 refundableAmount;
    }

    mapping(bytes32 => PaymentState) public paymentState;

    event PaymentAuthorized(
        bytes32 indexed paymentInfoHash, PaymentInfo paymentInfo, uint256 amount, address tokenCollector
    );
    event PaymentCaptured(
        bytes32 indexed paymentInfoHash, uint256 amount, uint256 feeAmount, address feeReceiver
    );
    event PaymentVoided(bytes32 indexed paymentInfoHash, uint256 amount);
    event PaymentReclaimed(bytes32 indexed paymentInfoHash, uint256 amount);
    event PaymentRefunded(bytes32 indexed paymentInfoHash, uint256 amount, address tokenCollector);

    error InvalidSender(address sender, address expected);
    error ZeroAmount();
    error ExceedsMaxAmount(uint256 amount, uint256 maxAmount);
    error AfterPreApprovalExpiry(uint48 timestamp, uint48 expiry);
    error InvalidExpiries(uint48 preApproval, uint48 authorization, uint48 refund);
    error FeeAmountOutOfRange(uint256 feeAmount, uint256 minFeeAmount, uint256 maxFeeAmount);
    error InvalidCollectorForOperation();
    error TokenCollectionFailed();
    error PaymentAlreadyCollected(bytes32 paymentInfoHash);
    error AfterAuthorizationExpiry(uint48 timestamp, uint48 expiry);
    error InsufficientAuthorization(bytes32 paymentInfoHash, uint256 authorized, uint256 requested);
    error ZeroAuthorization(bytes32 paymentInfoHash);
    error BeforeAuthorizationExpiry(uint48 timestamp, uint48 expiry);
    error AfterRefundExpiry(uint48 timestamp, uint48 expiry);
    error RefundExceedsCapture(uint256 refund, uint256 captured);

    modifier onlySender(address sender) {
        if (msg.sender != sender) revert InvalidSender(msg.sender, sender);
        _;
    }

    function authorize(PaymentInfo calldata info, uint256 amount, address collector, bytes calldata data)
        external
        nonReentrant
        onlySender(info.operator)
    {
        if (amount == 0) revert ZeroAmount();
        if (amount > info.maxAmount) revert ExceedsMaxAmount(amount, info.maxAmount);
        if (block.timestamp >= info.preApprovalExpiry) {
            revert AfterPreApprovalExpiry(uint48(block.timestamp), info.preApprovalExpiry);
        }
        if (info.preApprovalExpiry > info.authorizationExpiry || info.authorizationExpiry > info.refundExpiry)
        {
            revert InvalidExpiries(info.preApprovalExpiry, info.authorizationExpiry, info.refundExpiry);
        }
        bytes32 hash = getHash(info);
        if (paymentState[hash].hasCollectedPayment) revert PaymentAlreadyCollected(hash);
        paymentState[hash] = PaymentState(true, uint120(amount), 0);
        emit PaymentAuthorized(hash, info, amount, collector);
        _collect(info, amount, collector, data, ITokenCollector.CollectorType.Payment);
    }

    function capture(PaymentInfo calldata info, uint256 amount, uint256 feeAmount, address feeReceiver)
        external
        nonReentrant
        onlySender(info.operator)
    {
        if (amount == 0) revert ZeroAmount();
        uint256 least = amount * info.minFeeBps / 10_000;
        uint256 most = amount * info.maxFeeBps / 10_000;
        if (feeAmount < least || feeAmount > most) revert FeeAmountOutOfRange(feeAmount, least, most);
        if (block.timestamp >= info.authorizationExpiry) {
            revert AfterAuthorizationExpiry(uint48(block.timestamp), info.authorizationExpiry);
        }
        bytes32 hash = getHash(info);
        PaymentState storage state = paymentState[hash];
        if (state.capturableAmount < amount) {
            revert InsufficientAuthorization(hash, state.capturableAmount, amount);
        }
        state.capturableAmount -= uint120(amount);
        state.refundableAmount += uint120(amount);
        emit PaymentCaptured(hash, amount, feeAmount, feeReceiver);
        if (feeAmount > 0) IERC20(info.token).safeTransfer(feeReceiver, feeAmount);
        if (amount > feeAmount) IERC20(info.token).safeTransfer(info.receiver, amount - feeAmount);
    }

    function void(PaymentInfo calldata info) external nonReentrant onlySender(info.operator) {
        emit PaymentVoided(getHash(info), _giveBack(info));
    }

    function reclaim(PaymentInfo calldata info) external nonReentrant onlySender(info.payer) {
        if (block.timestamp < info.authorizationExpiry) {
            revert BeforeAuthorizationExpiry(uint48(block.timestamp), info.authorizationExpiry);
        }
        emit PaymentReclaimed(getHash(info), _giveBack(info));
    }

    function refund(PaymentInfo calldata info, uint256 amount, address collector, bytes calldata data)
        external
        nonReentrant
        onlySender(info.operator)
    {
        if (amount == 0) revert ZeroAmount();
        if (block.timestamp >= info.refundExpiry) {
            revert AfterRefundExpiry(uint48(block.timestamp), info.refundExpiry);
        }
        bytes32 hash = getHash(info);
        uint120 captured = paymentState[hash].refundableAmount;
        if (captured < amount) revert RefundExceedsCapture(amount, captured);
        paymentState[hash].refundableAmount = captured - uint120(amount);
        emit PaymentRefunded(hash, amount, collector);
        _collect(info, amount, collector, data, ITokenCollector.CollectorType.Refund);
        IERC20(info.token).safeTransfer(info.payer, amount);
    }

    function getHash(PaymentInfo calldata info) public view returns (bytes32) {
        return keccak256(abi.encode(block.chainid, address(this), keccak256(abi.encode(_TYPE, info))));
    }

    function _collect(
        PaymentInfo calldata info,
        uint256 amount,
        address collector,
        bytes calldata data,
        ITokenCollector.CollectorType kind
    ) private {
        if (ITokenCollector(collector).collectorType() != kind) {
            revert InvalidCollectorForOperation();
        }
        uint256 before = IERC20(info.token).balanceOf(address(this));
        ITokenCollector(collector).collectTokens(info, address(this), amount, data);
        if (IERC20(info.token).balanceOf(address(this)) != before + amount) revert TokenCollectionFailed();
    }

    function _giveBack(PaymentInfo calldata info) private returns (uint256 held) {
        bytes32 hash = getHash(info);
        held = paymentState[hash].capturableAmount;
        if (held == 0) revert ZeroAuthorization(hash);
        paymentState[hash].capturableAmount = 0;
        IERC20(info.token).safeTransfer(info.payer, held);
    }
}

/// @notice Fetches by the payer's `ReceiveWithAuthorization`, whose nonce is the payment's hash without its payer.
contract EIP3009CollectorDouble is ITokenCollector {
    using SafeERC20 for IERC20;

    IAuthCaptureEscrow private immutable _ESCROW;

    error OnlyAuthCaptureEscrow();

    constructor(IAuthCaptureEscrow escrow) {
        _ESCROW = escrow;
    }

    function collectorType() external pure returns (CollectorType) {
        return CollectorType.Payment;
    }

    function collectTokens(
        IAuthCaptureEscrow.PaymentInfo calldata info,
        address tokenStore,
        uint256 amount,
        bytes calldata signature
    ) external {
        if (msg.sender != address(_ESCROW)) revert OnlyAuthCaptureEscrow();
        IAuthCaptureEscrow.PaymentInfo memory anybodys = info;
        anybodys.payer = address(0);
        IEIP3009(info.token)
            .receiveWithAuthorization(
                info.payer,
                address(this),
                info.maxAmount,
                0,
                info.preApprovalExpiry,
                _ESCROW.getHash(anybodys),
                signature
            );
        if (info.maxAmount > amount) IERC20(info.token).safeTransfer(info.payer, info.maxAmount - amount);
        IERC20(info.token).safeTransfer(tokenStore, amount);
    }
}

/// @notice Fetches refunds from their operator.
contract OperatorRefundCollectorDouble is ITokenCollector {
    using SafeERC20 for IERC20;

    address private immutable _ESCROW;

    error OnlyAuthCaptureEscrow();

    constructor(address escrow) {
        _ESCROW = escrow;
    }

    function collectorType() external pure returns (CollectorType) {
        return CollectorType.Refund;
    }

    function collectTokens(
        IAuthCaptureEscrow.PaymentInfo calldata info,
        address tokenStore,
        uint256 amount,
        bytes calldata
    ) external {
        if (msg.sender != _ESCROW) revert OnlyAuthCaptureEscrow();
        IERC20(info.token).safeTransferFrom(info.operator, tokenStore, amount);
    }
}
